package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;

/**
 * An event that is extended into a PCR of the bank that is judged, as rules see it. The digest and the PCR are what a
 * reproduced PCR value proves; {@link #coveredData} is what the digest proves. The rest is claimed, and says so.
 *
 * @param bank the bank that is judged
 * @param pcr the PCR, 0 to 23
 * @param digest the digest in this bank
 * @param checked the event with its data and checks
 * @param pcrProof how far the value of the PCR is proved
 */
public record MeasuredEvent(HashAlgorithm bank, int pcr, Bytes digest, CheckedEvent checked, PcrProof pcrProof) {
    /** {@return the position in the log, from 0} */
    public int number() {
        return checked.event().number();
    }

    /** {@return where the event begins in the log, in bytes} */
    public int offset() {
        return checked.event().offset();
    }

    /** {@return the type, which no digest covers} */
    public EventType claimedType() {
        return checked.event().claimedType();
    }

    /**
     * The data, if the digest covers every byte of them.
     *
     * @param type the structure that is expected
     * @param <T> the structure that is expected
     * @return the data, or empty if they are of another structure or not covered whole
     */
    public <T extends EventData> Optional<T> coveredData(Class<T> type) {
        return checked.coveredData(bank, type);
    }

    /**
     * Whether the digest is one of an expected set.
     *
     * @param expected digests of the same thing in several banks
     * @return true if the set has a digest of this bank, and it is this one
     */
    public boolean hasDigest(DigestSet expected) {
        return expected.value(bank).filter(digest::equals).isPresent();
    }

    /** {@return the digest with its algorithm} */
    public Digest bankDigest() {
        return new Digest(bank, digest);
    }

    @Override
    public String toString() {
        return "event " + number() + " (PCR " + pcr + ", " + claimedType() + ")";
    }
}
