package io.github.measuredboot.examples.verifier.http;

/** An answer that is not the one that was hoped for. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * The body of such an answer.
     *
     * @param error what is wrong, for a program
     * @param message what is wrong, for a person
     */
    record Body(String error, String message) {}

    private final int status;
    private final String error;

    Problem(int status, String error, String message) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    Body body() {
        return new Body(error, getMessage());
    }
}
