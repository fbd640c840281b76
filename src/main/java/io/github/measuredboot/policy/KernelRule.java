package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.data.TextData;
import java.util.List;

/**
 * The images of PCR 4 where the kernel inside the UKI is not pinned. One further image is accepted if it is measured right
 * behind the UKI, in a boot whose firmware measures its boot attempts: had the UKI returned and firmware started something
 * else, an action would stand between them.
 */
final class KernelRule {
    static final String ATTEMPT = "Calling EFI Application from Boot Option";

    private KernelRule() {}

    static EventRule imagesAndKernel(List<DigestSet> images) {
        EventRule known = EventRules.exactly("images", images);
        return events -> {
            List<MeasuredEvent> loaded = events.stream()
                    .filter(event -> event.claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION))
                    .toList();
            boolean oneMore = loaded.size() == images.size() + 1 && endsInPairBehindAttempt(loaded, events);
            return known.judge(oneMore ? loaded.subList(0, images.size()) : loaded);
        };
    }

    private static boolean endsInPairBehindAttempt(List<MeasuredEvent> loaded, List<MeasuredEvent> events) {
        if (loaded.size() < 2) {
            return false;
        }
        int uki = events.indexOf(loaded.get(loaded.size() - 2));
        boolean neighbours = events.get(uki + 1).equals(loaded.get(loaded.size() - 1));
        return neighbours && events.subList(0, uki).stream().anyMatch(KernelRule::isAttempt);
    }

    private static boolean isAttempt(MeasuredEvent event) {
        return event.coveredData(TextData.class)
                .filter(action -> action.text().equals(ATTEMPT))
                .isPresent();
    }
}
