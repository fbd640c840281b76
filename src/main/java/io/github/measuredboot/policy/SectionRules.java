package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections of a UKI in PCR 11: for each, an event for its name and one for its content. */
final class SectionRules {
    private SectionRules() {}

    static EventRule pinned(List<ReferenceState.UkiSection> sections) {
        return events -> {
            String expected = sections.size() + " sections: " + names(sections);
            if (events.size() != 2 * sections.size()) {
                return Judgement.failed(events, expected, events.size() + " events instead of " + 2 * sections.size());
            }
            List<MeasuredEvent> failing = new ArrayList<>();
            for (int i = 0; i < sections.size(); i++) {
                Optional<String> name = sections.get(i).name();
                if (name.isPresent() && !isNameOf(events.get(2 * i), name.get())) {
                    failing.add(events.get(2 * i));
                }
                if (!events.get(2 * i + 1).hasDigest(sections.get(i).digests())) {
                    failing.add(events.get(2 * i + 1));
                }
            }
            return failing.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.PINNED)
                    : Judgement.failed(failing, expected, EventRules.describe(failing));
        };
    }

    private static String names(List<ReferenceState.UkiSection> sections) {
        return String.join(
                " ",
                sections.stream().map(section -> section.name().orElse("?")).toList());
    }

    /** The digest is that of the name with its NUL, whatever the event says. */
    private static boolean isNameOf(MeasuredEvent event, String name) {
        Bytes measured = Bytes.encode(name + '\0', StandardCharsets.US_ASCII);
        return event.bank()
                .newMessageDigest()
                .map(digest -> {
                    measured.update(digest);
                    return Bytes.wrap(digest.digest());
                })
                .filter(event.digest()::equals)
                .isPresent();
    }
}
