package io.github.measuredboot.bytes;

/** The input is not what its format allows. This is the only exception that reading hostile data leads to. */
public final class MalformedDataException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and where. */
    private final Fault fault;

    /**
     * Reports a fault.
     *
     * @param fault what is wrong, and where
     */
    public MalformedDataException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    /** {@return what is wrong, and where} */
    public Fault fault() {
        return fault;
    }
}
