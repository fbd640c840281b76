package io.github.measuredboot.refstate;

import java.util.ArrayList;
import java.util.List;

/** No reference state can be made of some evidence, or states cannot be merged. */
public class ReferenceStateException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    private final ArrayList<String> reasons;

    /**
     * Makes an exception.
     *
     * @param reasons why not, each a sentence for a person
     */
    public ReferenceStateException(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = new ArrayList<>(reasons);
    }

    /** {@return why not, each a sentence for a person} */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }
}
