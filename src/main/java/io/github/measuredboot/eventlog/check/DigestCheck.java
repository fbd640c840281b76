package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;

/**
 * How the digest of an event in one bank relates to the data of the event.
 *
 * @param algorithm the bank
 * @param status how they relate
 * @param rule what the digest covers; for {@link DigestStatus#DIFFERS} what it should cover
 * @param quirk the departure from the specification that the match needs, or that was refused; empty if there is none
 * @param coveredOffset where the bytes begin that the digest covers, counted from the start of the event data
 * @param coveredLength how many bytes of the event data the digest covers; 0 unless it matches
 */
public record DigestCheck(
        HashAlgorithm algorithm,
        DigestStatus status,
        DigestRule rule,
        Optional<DigestQuirk> quirk,
        int coveredOffset,
        int coveredLength) {
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
}
