package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.VariableData;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event whose PCR is reproduced in a bank. The digest, the PCR, and the place among the events of this PCR are as true as
 * the PCR's value. {@link #coveredBytes} are what the digest proves of the data. The rest is claimed, and named so.
 */
public final class VerifiedEvent {
    private record CoveredBytes(Optional<Bytes> bytes) {}

    private final VerifiedLog log;
    private final Event event;
    private final Bytes digest;
    private final boolean afterSeparator;
    private final Optional<MeasuredConstant> constant;
    private final PcrProof proof;
    private volatile @Nullable CoveredBytes covered;

    VerifiedEvent(VerifiedLog log, Event event, Bytes digest, boolean afterSeparator, PcrProof proof) {
        this.log = log;
        this.event = event;
        this.digest = digest;
        this.afterSeparator = afterSeparator;
        this.constant = MeasuredConstant.of(log.bank(), digest);
        this.proof = proof;
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

    /** {@return the constant that the digest is the hash of} */
    public Optional<MeasuredConstant> constant() {
        return constant;
    }

    /**
     * The bytes that the digest is the hash of, as far as the log has them, whatever type the event claims: all of its data, or
     * all but NULs at their end, or all but what trails a UEFI_VARIABLE_DATA structure.
     *
     * @return the bytes, or empty if the digest is of something else
     */
    public Optional<Bytes> coveredBytes() {
        CoveredBytes known = covered;
        if (known == null) {
            known = new CoveredBytes(findCoveredBytes());
            covered = known;
        }
        return known.bytes;
    }

    private Optional<Bytes> findCoveredBytes() {
        Optional<MessageDigest> hash = bank().newMessageDigest();
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        Bytes data = event.data();
        if (isHashOf(hash.get(), data)) {
            return Optional.of(data);
        }
        for (int length = data.length() - 1;
                length >= data.length() - Character.BYTES && length >= 0 && data.u8(length) == 0;
                length--) {
            if (isHashOf(hash.get(), data.slice(0, length))) {
                return Optional.of(data.slice(0, length));
            }
        }
        int trailing = trailingBytes(data);
        Bytes structure = data.slice(0, data.length() - trailing);
        return trailing > 0 && isHashOf(hash.get(), structure) ? Optional.of(structure) : Optional.empty();
    }

    private boolean isHashOf(MessageDigest hash, Bytes data) {
        data.update(hash);
        return digest.equals(Bytes.wrap(hash.digest()));
    }

    private static int trailingBytes(Bytes data) {
        try {
            return VariableData.decode(data, 0).trailing().length();
        } catch (MalformedDataException e) {
            return 0;
        }
    }

    /**
     * The UEFI variable that the digest covers whole, whatever type the event claims. Its content is decoded as that of the
     * variable itself, as firmware measures it before the separator of PCR 7.
     *
     * @return the variable, or empty if the covered bytes are not just a UEFI_VARIABLE_DATA structure (PFP 10.2.6)
     */
    public Optional<VariableEventData> coveredVariable() {
        return coveredVariable(EventType.EV_EFI_VARIABLE_DRIVER_CONFIG);
    }

    /**
     * The same with the content decoded as the entry of a signature database by which an image was accepted, as it is measured
     * when images are loaded.
     *
     * @return the authority, or empty if the covered bytes are not just a UEFI_VARIABLE_DATA structure (PFP 10.2.6)
     */
    public Optional<VariableEventData> coveredAuthority() {
        return coveredVariable(EventType.EV_EFI_VARIABLE_AUTHORITY);
    }

    private Optional<VariableEventData> coveredVariable(EventType type) {
        Optional<Bytes> covered = coveredBytes();
        if (covered.isEmpty()) {
            return Optional.empty();
        }
        try {
            VariableData variable = VariableData.decode(covered.get(), 0);
            return variable.trailing().isEmpty()
                    ? Optional.of(new VariableEventData(covered.get(), variable, type))
                    : Optional.empty();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /**
     * The data as the structure of the type that the event claims, if the digest covers all of them. Another type may give
     * another structure of the same bytes: a rule must not depend on it.
     *
     * @param type the structure that is expected
     * @param <T> the structure that is expected
     * @return the data, or empty if they are of another structure or not covered whole
     */
    public <T extends EventData> Optional<T> coveredData(Class<T> type) {
        return claims().coveredData(bank(), type);
    }

    /** {@return the type, which no digest covers} */
    public EventType claimedType() {
        return event.claimedType();
    }

    /** {@return the event with all that it claims, covered or not} */
    public CheckedEvent claims() {
        return log.replayed().replay().checkedLog().events().get(event.number());
    }

    @Override
    public String toString() {
        return "event " + number() + " (PCR " + pcr() + ", " + claimedType() + ")";
    }
}
