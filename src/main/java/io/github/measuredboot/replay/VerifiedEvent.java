package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event whose PCR is reproduced in a bank. The digest, the PCR, and the place among the events of this PCR are as true as
 * the PCR's value. {@link #coveredBytes} are the part of the data that the digest proves. The rest is claimed, and named
 * accordingly.
 */
public final class VerifiedEvent {
    private record CoveredVariable(Optional<VariableEventData> data) {}

    private final VerifiedLog log;
    private final Event event;
    private final Bytes digest;
    private final boolean afterSeparator;
    private final Optional<MeasuredConstant> constant;
    private final PcrProof proof;
    private volatile @Nullable CoveredVariable coveredVariable;

    VerifiedEvent(VerifiedLog log, Event event, Bytes digest, boolean afterSeparator, PcrProof proof) {
        this.log = log;
        this.event = event;
        this.digest = digest;
        this.afterSeparator = afterSeparator;
        this.constant = MeasuredConstant.of(log.bank(), digest);
        this.proof = proof;
    }

    boolean isOf(VerifiedLog other) {
        return log == other;
    }

    /** {@return the position in the log, from 0} */
    public int number() {
        return event.number();
    }

    /** {@return where the event begins in the log, in bytes} */
    public int offset() {
        return event.offset();
    }

    /** {@return the PCR, 0 to 23} */
    public int pcr() {
        return (int) event.pcrIndex();
    }

    /** {@return the bank} */
    public HashAlgorithm bank() {
        return log.bank();
    }

    /** {@return the digest that extended the PCR} */
    public Bytes digest() {
        return digest;
    }

    /** {@return the digest with its algorithm} */
    public Digest bankDigest() {
        return new Digest(bank(), digest);
    }

    /** {@return how far the value of the PCR is proved} */
    public PcrProof proof() {
        return proof;
    }

    /** {@return whether a separator of the same PCR comes before this event; the first separator itself is not after one} */
    public boolean isAfterSeparator() {
        return afterSeparator;
    }

    /** {@return whether the digest is that of a separator} */
    public boolean isSeparator() {
        return constant.filter(MeasuredConstant.SEPARATOR::equals).isPresent();
    }

    /** {@return the constant that the digest is the hash of, or empty if there is none} */
    public Optional<MeasuredConstant> constant() {
        return constant;
    }

    /**
     * The bytes that the digest is the hash of, as far as the log has them, whatever type the event claims. They are all of the
     * data, or all but NULs at its end, or all but what trails a UEFI_VARIABLE_DATA structure, or, as with old versions of
     * shim, all but the last byte of that.
     *
     * @return the bytes, or empty if the digest is of something else
     */
    public Optional<Bytes> coveredBytes() {
        return claims().claimedCoveredBytes(bank());
    }

    /**
     * The UEFI variable that the digest covers completely, whatever type the event claims. Its content is decoded as that of
     * the variable itself, as firmware measures it before the separator of PCR 7.
     *
     * @return the variable, or empty if the covered bytes are not just a UEFI_VARIABLE_DATA structure (PFP 10.2.6)
     */
    public Optional<VariableEventData> coveredVariable() {
        CoveredVariable known = coveredVariable;
        if (known == null) {
            known = new CoveredVariable(
                    claims().claimedCoveredVariable(bank(), EventType.EV_EFI_VARIABLE_DRIVER_CONFIG));
            coveredVariable = known;
        }
        return known.data;
    }

    /**
     * Like {@link #coveredVariable}, with the content decoded as the entry of a signature database by which an image was
     * accepted, as it is measured when images are loaded.
     *
     * @return the authority, or empty if the covered bytes are not just a UEFI_VARIABLE_DATA structure (PFP 10.2.6)
     */
    public Optional<VariableEventData> coveredAuthority() {
        return claims().claimedCoveredVariable(bank(), EventType.EV_EFI_VARIABLE_AUTHORITY);
    }

    /** {@return the type, which no digest covers} */
    public EventType claimedType() {
        return event.claimedType();
    }

    /** {@return the event with all that it claims, covered or not} */
    public CheckedEvent claims() {
        return log.claims().events().get(event.number());
    }

    @Override
    public String toString() {
        return "event " + number() + " (PCR " + pcr() + ", " + claimedType() + ")";
    }
}
