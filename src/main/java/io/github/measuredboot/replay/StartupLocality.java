package io.github.measuredboot.replay;

import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.ExtendTable;
import io.github.measuredboot.eventlog.StartupLocalityEvent;
import io.github.measuredboot.internal.binary.Occurrences;

/**
 * Finds the locality that PCR 0 starts from. The event that reports it is not measured, so only a value that is possible for a
 * TPM is accepted: 0, 3 or 4, reported once and before PCR 0 is extended.
 */
final class StartupLocality {
    private static final int HCRTM_LOCALITY = 4;

    private final Occurrences<DiagnosticCode> diagnostics;
    private int claimedLocality;
    private boolean reported;
    private boolean hcrtm;
    private boolean pcr0Extended;

    private StartupLocality(Occurrences<DiagnosticCode> diagnostics) {
        this.diagnostics = diagnostics;
    }

    static StartupLocality of(EventLog log, ExtendTable logExtends, Occurrences<DiagnosticCode> diagnostics) {
        StartupLocality startupLocality = new StartupLocality(diagnostics);
        int unmeasured = 0;
        for (int i = 0; i < logExtends.size(); i++) {
            if (logExtends.pcr(i) == 0) {
                int event = logExtends.event(i);
                for (;
                        unmeasured < logExtends.unmeasuredSize() && logExtends.unmeasuredEvent(unmeasured) < event;
                        unmeasured++) {
                    startupLocality.unmeasured(log.events().get(logExtends.unmeasuredEvent(unmeasured)));
                }
                startupLocality.extendsPcr0(log.events().get(event));
            }
        }
        for (; unmeasured < logExtends.unmeasuredSize(); unmeasured++) {
            startupLocality.unmeasured(log.events().get(logExtends.unmeasuredEvent(unmeasured)));
        }
        return startupLocality;
    }

    int locality() {
        return hcrtm ? HCRTM_LOCALITY : claimedLocality;
    }

    int claimedLocality() {
        return claimedLocality;
    }

    private void extendsPcr0(Event event) {
        if (event.claimedType().equals(EventType.EV_EFI_HCRTM_EVENT)) {
            hcrtm(event);
        }
        pcr0Extended = true;
    }

    private void unmeasured(Event event) {
        if (!event.claimedType().equals(EventType.EV_NO_ACTION)
                || !StartupLocalityEvent.isStartupLocality(event.data())) {
            return;
        }
        int claimed = StartupLocalityEvent.locality(event.data()).orElse(-1);
        if (event.pcrIndex() != 0 || (claimed != 0 && claimed != 3 && claimed != HCRTM_LOCALITY)) {
            diagnostics.add(DiagnosticCode.STARTUP_LOCALITY_INVALID, event.offset());
        } else if (reported) {
            diagnostics.add(DiagnosticCode.STARTUP_LOCALITY_REPEATED, event.offset());
        } else if (pcr0Extended) {
            diagnostics.add(DiagnosticCode.STARTUP_LOCALITY_LATE, event.offset());
        } else {
            claimedLocality = claimed;
            reported = true;
        }
    }

    private void hcrtm(Event event) {
        if (pcr0Extended) {
            diagnostics.add(DiagnosticCode.HCRTM_LATE, event.offset());
            return;
        }
        if (reported && claimedLocality != HCRTM_LOCALITY) {
            diagnostics.add(DiagnosticCode.HCRTM_CONTRADICTS_STARTUP_LOCALITY, event.offset());
        }
        hcrtm = true;
    }
}
