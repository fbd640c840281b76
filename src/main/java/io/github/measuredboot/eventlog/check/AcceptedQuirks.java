package io.github.measuredboot.eventlog.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which quirks a caller accepts. An event that needs any other quirk has a digest that {@link DigestStatus#DIFFERS}. */
public final class AcceptedQuirks {
    /** Every known quirk. */
    public static final AcceptedQuirks ALL = new AcceptedQuirks(EnumSet.allOf(DigestQuirk.class));

    /** No quirk: every digest is exactly what the specification says. */
    public static final AcceptedQuirks NONE = new AcceptedQuirks(EnumSet.noneOf(DigestQuirk.class));

    private final Set<DigestQuirk> quirks;

    private AcceptedQuirks(Set<DigestQuirk> quirks) {
        this.quirks = Set.copyOf(quirks);
    }

    /**
     * The quirks up to a severity.
     *
     * @param most the highest severity to accept
     * @return these quirks
     */
    public static AcceptedQuirks upTo(DigestQuirk.Severity most) {
        EnumSet<DigestQuirk> quirks = EnumSet.allOf(DigestQuirk.class);
        quirks.removeIf(quirk -> quirk.severity().compareTo(most) > 0);
        return new AcceptedQuirks(quirks);
    }

    /**
     * These quirks without some of them.
     *
     * @param refused quirks not to accept
     * @return the remaining quirks
     */
    public AcceptedQuirks without(DigestQuirk... refused) {
        EnumSet<DigestQuirk> remaining = EnumSet.noneOf(DigestQuirk.class);
        remaining.addAll(quirks);
        remaining.removeAll(Set.copyOf(List.of(refused)));
        return new AcceptedQuirks(remaining);
    }

    /**
     * Whether a quirk is accepted.
     *
     * @param quirk the quirk
     * @return true if it is
     */
    public boolean contains(DigestQuirk quirk) {
        return quirks.contains(quirk);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AcceptedQuirks that && quirks.equals(that.quirks);
    }

    @Override
    public int hashCode() {
        return quirks.hashCode();
    }

    @Override
    public String toString() {
        return quirks.toString();
    }
}
