package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.ExtendTable;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.WindowsData;
import io.github.measuredboot.internal.binary.Occurrences;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Finds whether the events of PCR 17 to 22 claim to be those of a dynamic launch. Nothing covers their types, so this is only
 * an assumption, made where no value shows the start of these PCRs.
 */
final class DynamicLaunch {
    private static final Bytes GOOGLE_MARK = Bytes.encode("DRTM", StandardCharsets.US_ASCII);

    private OptionalLong firstEvent = OptionalLong.empty();
    private OptionalLong firstLaunchEvent = OptionalLong.empty();

    static DynamicLaunch of(EventLog log, ExtendTable logExtends) {
        DynamicLaunch launch = new DynamicLaunch();
        for (int i = 0; i < logExtends.size(); i++) {
            if (DynamicPcrStart.applies(logExtends.pcr(i))) {
                launch.observe(log.events().get(logExtends.event(i)));
            }
        }
        return launch;
    }

    private void observe(Event event) {
        if (firstEvent.isEmpty()) {
            firstEvent = OptionalLong.of(event.offset());
        }
        if (firstLaunchEvent.isEmpty() && isOfLaunch(event)) {
            firstLaunchEvent = OptionalLong.of(event.offset());
        }
    }

    private static boolean isOfLaunch(Event event) {
        EventType type = event.claimedType();
        return type.isOfTxt()
                || (type.equals(EventType.GOOGLE_DYNAMIC_LAUNCH) && isGoogleMark(event.data()))
                || (type.equals(EventType.EV_EVENT_TAG) && EventData.decode(event) instanceof WindowsData);
    }

    private static boolean isGoogleMark(Bytes data) {
        return data.startsWith(GOOGLE_MARK) && data.from(GOOGLE_MARK.length()).isFilledWith(0);
    }

    DynamicPcrStart start() {
        return firstLaunchEvent.isPresent() ? DynamicPcrStart.ZEROS : DynamicPcrStart.ONES;
    }

    void report(Occurrences<DiagnosticCode> diagnostics) {
        if (firstLaunchEvent.isPresent()) {
            diagnostics.add(DiagnosticCode.DYNAMIC_LAUNCH, firstLaunchEvent.getAsLong());
        } else if (firstEvent.isPresent()) {
            diagnostics.add(DiagnosticCode.DYNAMIC_LAUNCH_NOT_LOGGED, firstEvent.getAsLong());
        }
    }
}
