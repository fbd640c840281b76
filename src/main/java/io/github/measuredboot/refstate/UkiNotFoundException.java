package io.github.measuredboot.refstate;

import java.util.ArrayList;
import java.util.List;

/** No image can be the UKI, or several can. */
public final class UkiNotFoundException extends ReferenceStateException {
    private static final long serialVersionUID = 1L;

    /** The numbers of the events. */
    private final ArrayList<Integer> candidates;

    UkiNotFoundException(List<Integer> candidates) {
        super(List.of(
                candidates.isEmpty()
                        ? "no image in PCR 4 or 2 can be the UKI"
                        : candidates.size() + " images can be the UKI: events " + candidates));
        this.candidates = new ArrayList<>(candidates);
    }

    /** {@return the numbers of the events from which to choose} */
    public List<Integer> candidates() {
        return List.copyOf(candidates);
    }
}
