package io.github.measuredboot.cli;

/** An input that cannot be used. */
final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    InputException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
