package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/** How the digest of an event in one bank relates to the data of the event. */
public final class DigestCheck {
    private final HashAlgorithm algorithm;
    private final DigestStatus status;
    private final DigestRule rule;
    private final Optional<DigestQuirk> quirk;
    private final int coveredOffset;
    private final int coveredLength;

    DigestCheck(
            HashAlgorithm algorithm,
            DigestStatus status,
            DigestRule rule,
            Optional<DigestQuirk> quirk,
            int coveredOffset,
            int coveredLength) {
        this.algorithm = algorithm;
        this.status = status;
        this.rule = rule;
        this.quirk = quirk;
        this.coveredOffset = coveredOffset;
        this.coveredLength = coveredLength;
    }

    /** {@return the bank} */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** {@return how the digest relates to the data} */
    public DigestStatus status() {
        return status;
    }

    /** {@return what the digest covers; for {@link DigestStatus#DIFFERS} what it should cover} */
    public DigestRule rule() {
        return rule;
    }

    /** {@return the departure from the specification that the match needs, or that was refused; empty if there is none} */
    public Optional<DigestQuirk> quirk() {
        return quirk;
    }

    /** {@return where the bytes that the digest covers begin, counted from the start of the event data} */
    public int coveredOffset() {
        return coveredOffset;
    }

    /** {@return how many bytes of the event data the digest covers; 0 unless it matches} */
    public int coveredLength() {
        return coveredLength;
    }

    /**
     * How far some bytes of the event data are bound to the digest.
     *
     * @param offset where they begin, counted from the start of the event data
     * @param length how many they are, at least 1 to be covered
     * @return {@link Coverage#COVERED} if the digest matches and covers all of them
     */
    public Coverage coverage(int offset, int length) {
        return switch (status) {
            case MATCHES ->
                length > 0 && offset >= coveredOffset && (long) offset + length <= (long) coveredOffset + coveredLength
                        ? Coverage.COVERED
                        : Coverage.NOT_COVERED;
            case DIFFERS -> Coverage.CONTRADICTED;
            case NOT_COVERED -> Coverage.NOT_COVERED;
            case NOT_MEASURED, NO_DIGEST -> Coverage.NEVER_MEASURED;
        };
    }

    private List<Object> components() {
        return List.of(algorithm, status, rule, quirk, coveredOffset, coveredLength);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DigestCheck that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "DigestCheck" + components();
    }
}
