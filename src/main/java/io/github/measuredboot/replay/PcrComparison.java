package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;

/**
 * One PCR of one bank: what the log gives, and what was given for it.
 *
 * @param algorithm the bank
 * @param pcr the PCR index
 * @param status how the two stand to each other
 * @param replayed the replayed value, or empty if no event extends the PCR in this bank or it cannot be replayed
 * @param given the value that was given, or empty if none was
 */
public record PcrComparison(
        HashAlgorithm algorithm, int pcr, PcrStatus status, Optional<Bytes> replayed, Optional<Bytes> given) {}
