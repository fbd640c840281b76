package io.github.measuredboot.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One difference between two reference states, or between a reference state and a log. */
public final class StateChange {
    /** What became of the part that differs. */
    public enum Kind {
        /** Only the new state, or only the log, has it. */
        ADDED("added"),
        /** Only the old state, or only the state that is expected, has it. */
        REMOVED("removed"),
        /** Another part is in its place. */
        CHANGED("changed"),
        /** It is in another place in the order of its PCR. */
        MOVED("moved"),
        /** Its PCR is judged in another way. */
        MODE_CHANGED("mode-changed"),
        /** The digests that both have are equal, but the two are not in the same banks. */
        OTHER_BANKS("other-banks"),
        /** Both have it, but have no bank in common. */
        NOT_COMPARABLE("not-comparable");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** {@return the stable id in reports} */
        public String id() {
            return id;
        }
    }

    /** What happened to a machine. */
    public enum Category {
        /** Its firmware differs, or was started in another way. */
        FIRMWARE_UPDATE("firmware-update", "the firmware has changed"),
        /** PK, KEK, db, what vouched for images, or the machine owner's keys. */
        KEY_ROTATION("key-rotation", "Secure Boot keys or authorities differ"),
        /** The revocation list dbx has more entries. */
        DBX_UPDATE("dbx-update", "dbx has more entries"),
        /** The revocation list dbx lost entries. */
        DBX_ROLLBACK("dbx-rollback", "dbx lost entries: what was revoked may boot again"),
        /** Secure Boot was turned on or off, or PCR 7 measures other variables. */
        SECURE_BOOT_CHANGED("secure-boot-changed", "Secure Boot, or what PCR 7 measures, differs"),
        /** The UKI, the kernel inside it or its sections. */
        UKI_CHANGED("uki-changed", "the UKI has changed"),
        /** Other images, or files that loaders read. */
        BOOT_CHAIN_CHANGED("boot-chain-changed", "other images or files are loaded"),
        /** What is passed to the kernel: command line, credentials and commands of loaders. */
        COMMAND_LINE_CHANGED("command-line-changed", "something else is passed to the kernel"),
        /** System and configuration extensions. */
        EXTENSIONS_CHANGED("extensions-changed", "the system has other extensions"),
        /** What systemd measures after the kernel was started. */
        USERSPACE_CHANGED("userspace-changed", "userspace measures something else"),
        /** Settings of the firmware, boot variables, partitions: what may vary. */
        SETTINGS_CHANGED("settings-changed", "settings differ"),
        /** The states do not cover the same things. This shows nothing about the machine. */
        OTHER_COVERAGE("other-coverage", "the states do not cover the same");

        private final String id;
        private final String message;

        Category(String id, String message) {
            this.id = id;
            this.message = message;
        }

        /** {@return the stable id in reports} */
        public String id() {
            return id;
        }

        /** {@return what happened, in a phrase} */
        public String message() {
            return message;
        }
    }

    private final Kind kind;
    private final Category category;
    private final OptionalInt pcr;
    private final String subject;
    private final String predicate;
    private final List<String> items;
    private final Sides sides;
    private final Optional<EventReference> expected;
    private final Optional<EventReference> found;
    private final boolean claimed;

    private StateChange(
            StateChange what,
            Sides sides,
            Optional<EventReference> expected,
            Optional<EventReference> found,
            boolean claimed) {
        this.kind = what.kind;
        this.category = what.category;
        this.pcr = what.pcr;
        this.subject = what.subject;
        this.predicate = what.predicate;
        this.items = what.items;
        this.sides = sides;
        this.expected = expected;
        this.found = found;
        this.claimed = claimed;
    }

    private StateChange(
            Kind kind, Category category, OptionalInt pcr, String subject, String predicate, List<String> items) {
        this.kind = kind;
        this.category = category;
        this.pcr = pcr;
        this.subject = subject;
        this.predicate = predicate;
        this.items = List.copyOf(items);
        this.sides = Sides.STATES;
        this.expected = Optional.empty();
        this.found = Optional.empty();
        this.claimed = false;
    }

    static StateChange of(
            Kind kind, Category category, OptionalInt pcr, String subject, String predicate, List<String> items) {
        return new StateChange(kind, category, pcr, subject, predicate, items);
    }

    static StateChange of(Kind kind, Category category, OptionalInt pcr, String subject, String predicate) {
        return of(kind, category, pcr, subject, predicate, List.of());
    }

    static StateChange ofEvent(
            Kind kind,
            EventWords words,
            Sides sides,
            Optional<EventReference> expected,
            Optional<EventReference> found) {
        EventReference event = expected.or(() -> found).orElseThrow();
        return of(kind, words.category(event), OptionalInt.of(words.pcr()), words.subject(event), sides.predicate(kind))
                .with(sides, expected, found);
    }

    StateChange with(Sides newSides, Optional<EventReference> newExpected, Optional<EventReference> newFound) {
        return new StateChange(this, newSides, newExpected, newFound, claimed);
    }

    StateChange at(Optional<EventReference> place) {
        return with(Sides.STATE_AND_LOG, expected, place);
    }

    StateChange asClaimed() {
        return new StateChange(this, sides, expected, found, true);
    }

    Sides sides() {
        return sides;
    }

    /** {@return what became of the part} */
    public Kind kind() {
        return kind;
    }

    /** {@return what it means} */
    public Category category() {
        return category;
    }

    /** {@return the PCR that measures the part; empty if it is about the whole state} */
    public OptionalInt pcr() {
        return pcr;
    }

    /** {@return what differs, such as {@code the UKI}; printable} */
    public String subject() {
        return subject;
    }

    /** {@return the event of the old state, or the expected event} */
    public Optional<EventReference> expected() {
        return expected;
    }

    /** {@return the event of the new state or of the log} */
    public Optional<EventReference> found() {
        return found;
    }

    /** {@return what was added or removed, if it is not an event but, for example, keys; printable} */
    public List<String> items() {
        return items;
    }

    /** {@return whether the new side is a log that does not give the PCR values: nothing proves that this is so} */
    public boolean isClaimed() {
        return claimed;
    }

    /** {@return where it is, in phrases: the PCR, the event of the new side, and whether it is only claimed} */
    public List<String> places() {
        List<String> places = new ArrayList<>();
        pcr().ifPresent(index -> places.add("PCR " + index));
        found().stream()
                .flatMapToInt(event -> event.number().stream())
                .forEach(number -> places.add("event " + number));
        if (isClaimed()) {
            places.add("claimed");
        }
        return places;
    }

    /** {@return what happened, in a printable phrase such as {@code the UKI has changed}} */
    public String headline() {
        return subject + " " + predicate;
    }

    /** {@return the headline with the PCR, the event, and what was expected and found} */
    public String message() {
        return StateChangeText.of(this);
    }

    @Override
    public String toString() {
        return message();
    }
}
