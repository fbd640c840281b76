package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One measurement as the TCG Canonical Event Log format (CEL 1.0, section 4) writes it in JSON: a record of a {@link
 * CanonicalEventLog}, or, without {@code recnum}, of systemd's {@link UserspaceLog}.
 *
 * <p>Whatever has a meaning to this library is decoded; {@code json} keeps the record as it was written, including all other members.
 *
 * @param recnum the record number; records of a userspace log have none
 * @param register what was extended
 * @param digests the digests of standard algorithms, in their order; an algorithm occurs once
 * @param unknownDigests the digests of other algorithms, in their order; an algorithm occurs once
 * @param contentType {@code content_type}, or empty where the record has none
 * @param content {@code content}, decoded as its type says
 * @param json the record's JSON object, UTF-8
 * @param offset where the object begins in the input, in bytes
 */
public record CelRecord(
        OptionalLong recnum,
        Register register,
        List<Digest> digests,
        List<UnknownDigest> unknownDigests,
        Optional<String> contentType,
        Content content,
        Bytes json,
        long offset) {

    /** What a record was extended into. */
    public sealed interface Register {
        /**
         * A PCR.
         *
         * @param index 0 to 23
         */
        record Pcr(int index) implements Register {
            /** @throws IllegalArgumentException if there is no such PCR */
            public Pcr {
                if (index < 0 || index >= PcrBank.PCR_COUNT) {
                    throw new IllegalArgumentException("PCR " + index + " is not 0 to " + (PcrBank.PCR_COUNT - 1));
                }
            }
        }

        /**
         * An NV index that is extended like a PCR (systemd's NvPCRs). Replay leaves it out: no PCR changes.
         *
         * @param handle the handle, unsigned 32 bits, for example 0x01d10200
         */
        record NvIndex(long handle) implements Register {}
    }

    /** The content of a record, which no digest covers except as {@link CelRecord#stringCheck} says. */
    public sealed interface Content {
        /**
         * Content of type {@code systemd}: a measurement by systemd.
         *
         * @param string {@code string}: the text that was measured, or a description where that is secret
         * @param eventType {@code eventType}, for example {@code phase} or {@code machine-id}
         */
        record Systemd(Optional<String> string, Optional<String> eventType) implements Content {}

        /**
         * Content of type {@code pcclient_std}: an event of the firmware's log.
         *
         * @param eventType {@code event_type}
         * @param eventData {@code event_data}
         */
        record PcClient(EventType eventType, Bytes eventData) implements Content {}

        /** Content of another type, or of none, which is only in the record's JSON. */
        record Other() implements Content {}
    }

    /**
     * A digest of an algorithm that this library does not know.
     *
     * @param algorithm {@code hashAlg}
     * @param value {@code digest}
     */
    public record UnknownDigest(String algorithm, Bytes value) {}

    /** Whether a digest is the hash of a record's string. */
    public enum StringCheck {
        /** It is the hash of the string in UTF-8, without a NUL: the digest proves the string. */
        MATCHES,

        /** It is not, although systemd measures the string for records of this kind. */
        DIFFERS,

        /**
         * Nothing can be said: the record has no string, the string is only a description (a {@code volume-key} is measured as an HMAC),
         * the record is not systemd's, or the algorithm cannot be computed.
         */
        NOT_COVERED
    }

    private static final String KEYED_EVENT_TYPE = "volume-key";

    public CelRecord {
        digests = List.copyOf(digests);
        unknownDigests = List.copyOf(unknownDigests);
    }

    /**
     * The digest of one bank.
     *
     * @param algorithm the bank
     * @return the digest, or empty if the record has none for it
     */
    public Optional<Digest> digest(HashAlgorithm algorithm) {
        for (Digest digest : digests) {
            if (digest.algorithm().equals(algorithm)) {
                return Optional.of(digest);
            }
        }
        return Optional.empty();
    }

    /** {@return {@code content.string} of a systemd record, the measured text} */
    public Optional<String> string() {
        return content instanceof Content.Systemd systemd ? systemd.string() : Optional.empty();
    }

    /** {@return {@code content.eventType} of a systemd record, for example {@code phase}} */
    public Optional<String> eventType() {
        return content instanceof Content.Systemd systemd ? systemd.eventType() : Optional.empty();
    }

    /**
     * Whether the digest of a bank is the hash of {@link #string()}.
     *
     * @param algorithm the bank
     * @return the result, or empty if the record has no digest of this bank
     */
    public Optional<StringCheck> stringCheck(HashAlgorithm algorithm) {
        return digest(algorithm).map(this::stringCheck);
    }

    private StringCheck stringCheck(Digest digest) {
        if (string().isEmpty()) {
            return StringCheck.NOT_COVERED;
        }
        Bytes text = Bytes.encode(string().get(), StandardCharsets.UTF_8);
        return digest.algorithm()
                .hash(text)
                .map(hash -> hash.equals(digest.value()) ? StringCheck.MATCHES : otherThanString())
                .orElse(StringCheck.NOT_COVERED);
    }

    private StringCheck otherThanString() {
        return eventType().equals(Optional.of(KEYED_EVENT_TYPE)) ? StringCheck.NOT_COVERED : StringCheck.DIFFERS;
    }

    @Override
    public String toString() {
        return "CelRecord[" + register + ", " + contentType.orElse("no content type") + ", " + json.length()
                + " bytes at " + offset + "]";
    }
}
