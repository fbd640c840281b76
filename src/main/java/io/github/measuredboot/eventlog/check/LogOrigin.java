package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.SpecIdEvent;
import io.github.measuredboot.eventlog.data.EventData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whose firmware wrote a log, as far as its quirks depend on that. This is a claim, like everything that the log says. */
enum LogOrigin {
    /** Hostboot and skiboot. */
    OPENPOWER,

    /** Any other firmware. */
    OTHER;

    private static final String OPENPOWER_VENDOR = "IBM";

    static LogOrigin of(EventLog log) {
        return log.specId().filter(LogOrigin::isOpenPower).isPresent() ? OPENPOWER : OTHER;
    }

    private static boolean isOpenPower(SpecIdEvent specId) {
        String vendor = specId.vendorInfo().decode(StandardCharsets.ISO_8859_1);
        return vendor.equals(OPENPOWER_VENDOR) || vendor.equals(OPENPOWER_VENDOR + '\0');
    }

    List<CoverageRule> rules(Event event, EventData data) {
        List<CoverageRule> rules = CoverageRules.of(event, data);
        if (this == OTHER || rules.isEmpty() || !event.claimedType().equals(EventType.EV_ACTION)) {
            return rules;
        }
        List<CoverageRule> ofOpenPower = new ArrayList<>(rules);
        ofOpenPower.add(CoverageRule.quirk(DigestQuirk.ACTION_NAMES_OBJECT, DigestRule.OUTSIDE_THE_LOG, 0, 0));
        return ofOpenPower;
    }
}
