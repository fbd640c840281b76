package io.github.measuredboot.refstate;

import java.util.ArrayList;
import java.util.List;

/** No reference state can be made of some evidence, or states cannot be merged. */
public class ReferenceStateException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reasons. */
    private final ArrayList<String> reasons;

    /**
     * Creates an exception with its reasons.
     *
     * @param reasons the reasons, each a sentence for a person
     */
    public ReferenceStateException(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = new ArrayList<>(reasons);
    }

    /** {@return the reasons, each a sentence for a person} */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }
}
