package io.github.measuredboot.replay;

import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.DiagnosticCollector;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.StartupLocalityEvent;

/**
 * Finds the locality that PCR 0 starts from. The event that reports it is not measured. So only a value that is possible for a TPM
 * is accepted: 0, 3 or 4, reported once and before PCR 0 is extended.
 */
final class StartupLocality {
    private static final int HCRTM_LOCALITY = 4;

    private final DiagnosticCollector diagnostics;
    private int claimedLocality;
    private boolean reported;
    private boolean hcrtm;
    private boolean pcr0Extended;

    StartupLocality(DiagnosticCollector diagnostics) {
        this.diagnostics = diagnostics;
    }

    int locality() {
        return hcrtm ? HCRTM_LOCALITY : claimedLocality;
    }

    int claimedLocality() {
        return claimedLocality;
    }

    void observe(Event event) {
        if (event.claimedType().equals(EventType.EV_NO_ACTION)) {
            noAction(event);
        } else if (event.pcrIndex() == 0) {
            if (event.claimedType().equals(EventType.EV_EFI_HCRTM_EVENT)) {
                hcrtm(event);
            }
            pcr0Extended = true;
        }
    }

    private void noAction(Event event) {
        if (!StartupLocalityEvent.isStartupLocality(event.data())) {
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
