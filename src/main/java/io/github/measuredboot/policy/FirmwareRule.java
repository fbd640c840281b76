package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.EventType;
import java.util.List;

/** One firmware of a reference state: its S-CRTM version, as often as it is measured, and its blobs in their order. */
final class FirmwareRule {
    private FirmwareRule() {}

    static EventRule of(ReferenceState.Firmware firmware) {
        List<DigestSet> version = firmware.scrtm().isEmpty() ? List.of() : List.of(firmware.scrtm());
        EventRule versions = version.isEmpty()
                ? EventRules.exactly("S-CRTM versions", List.of())
                : EventRules.atLeastOnce(
                        "an S-CRTM version", EventRules.oneOf("the S-CRTM version " + version, version));
        EventRule blobs = EventRules.exactly("firmware blobs", firmware.platformFirmware());
        if (version.isEmpty() && firmware.platformFirmware().isEmpty()) {
            return events -> Judgement.failed(events, "a firmware", "a reference state that pins nothing of it");
        }
        return events -> {
            Judgement ofVersions = versions.judge(
                    events.stream().filter(FirmwareRule::isVersion).toList());
            Judgement ofBlobs = blobs.judge(
                    events.stream().filter(event -> !isVersion(event)).toList());
            return !ofVersions.isPassed()
                    ? ofVersions
                    : !ofBlobs.isPassed()
                            ? ofBlobs
                            : Judgement.passed(
                                    events, ofVersions.expected() + " and " + ofBlobs.expected(), Constraint.PINNED);
        };
    }

    private static boolean isVersion(MeasuredEvent event) {
        return event.claimedType().equals(EventType.EV_S_CRTM_VERSION);
    }
}
