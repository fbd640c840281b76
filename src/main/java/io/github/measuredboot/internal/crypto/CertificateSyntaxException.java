package io.github.measuredboot.internal.crypto;

public final class CertificateSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    CertificateSyntaxException(String field, String reason) {
        super(field + ": " + reason);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }
}
