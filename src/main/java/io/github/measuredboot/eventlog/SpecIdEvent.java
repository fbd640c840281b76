package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Spec ID event: what kind of platform wrote the log, and which digests its events have ({@code
 * TCG_EfiSpecIdEvent}, PFP section 10.4.5.1, and {@code TCG_PCClientSpecIDEventStruct} of the TPM 1.2 specifications).
 *
 * @param version which of the three layouts
 * @param platformClass 0 for a client, 1 for a server; unsigned 32 bits
 * @param specVersionMinor minor version of the specification, 0 to 255
 * @param specVersionMajor major version of the specification, 0 to 255
 * @param specErrata errata level of the specification, 0 to 255
 * @param uintnSize 1 where UINTN has 32 bits, 2 where it has 64; a reserved byte in {@link Version#EVENT00}
 * @param algorithms the digest algorithms and their sizes; empty except in {@link Version#EVENT03}
 * @param vendorInfo up to 255 bytes from the vendor
 * @param trailing bytes after the structure, normally none
 */
public record SpecIdEvent(
        Version version,
        long platformClass,
        int specVersionMinor,
        int specVersionMajor,
        int specErrata,
        int uintnSize,
        List<HashAlgorithm> algorithms,
        Bytes vendorInfo,
        Bytes trailing) {

    static final int SIGNATURE_SIZE = 16;
    private static final String STRUCTURE = "TCG_EfiSpecIdEvent";
    private static final Bytes ANY_SIGNATURE = Bytes.encode("Spec ID Event", StandardCharsets.US_ASCII);

    private static final List<Version> VERSIONS = List.of(Version.values());

    /** The layouts, by their signatures. */
    @SuppressWarnings("ImmutableEnumChecker")
    public enum Version {
        /** TPM 1.2, conventional BIOS: {@code "Spec ID Event00"}. */
        EVENT00("Spec ID Event00"),

        /** TPM 1.2, UEFI: {@code "Spec ID Event02"}. */
        EVENT02("Spec ID Event02"),

        /** TPM 2.0: {@code "Spec ID Event03"}, with a list of algorithms. */
        EVENT03("Spec ID Event03");

        private final String text;
        private final Bytes signature;

        Version(String text) {
            this.text = text;
            this.signature = Bytes.encode(text + '\0', StandardCharsets.US_ASCII);
        }

        /** {@return the first 16 bytes of the structure} */
        public Bytes signature() {
            return signature;
        }
    }

    public SpecIdEvent {
        algorithms = List.copyOf(algorithms);
    }

    /**
     * The header that EDK2 writes: version 2.0, errata 0, 64-bit UINTN, no vendor information.
     *
     * @param algorithms the digest algorithms
     * @return a Spec ID Event03
     */
    public static SpecIdEvent of(List<HashAlgorithm> algorithms) {
        return new SpecIdEvent(Version.EVENT03, 0, 0, 2, 0, 2, algorithms, Bytes.EMPTY, Bytes.EMPTY);
    }

    /** Whether the version is the one that the signature stands for: 2.0, or 1.2 for a signature before Spec ID Event03. */
    boolean hasUsualVersion() {
        return version == Version.EVENT03
                ? specVersionMajor == 2 && specVersionMinor == 0
                : specVersionMajor == 1 && specVersionMinor == 2;
    }

    /** Whether the data are a Spec ID structure, perhaps of a later specification. */
    static boolean looksLikeSpecId(Bytes data) {
        return data.startsWith(ANY_SIGNATURE);
    }

    static boolean isSpecId(Bytes data) {
        return version(data).isPresent();
    }

    static boolean isSpecId(Bytes data, Version version) {
        return data.startsWith(version.signature);
    }

    /**
     * Decodes the structure.
     *
     * @param data the event data
     * @param offset where {@code data} begins in the whole input, for faults
     * @param maxAlgorithms the most algorithms to accept
     * @return the structure
     * @throws MalformedDataException if the signature is a different one; if the algorithm list is empty or too long, or contradicts
     *     itself or the algorithm registry; or if a field lies outside {@code data}
     */
    public static SpecIdEvent decode(Bytes data, long offset, int maxAlgorithms) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE), maxAlgorithms);
    }

    private static SpecIdEvent read(ByteCursor cursor, int maxAlgorithms) throws MalformedDataException {
        Version version = readVersion(cursor);
        long platformClass = cursor.u32("platformClass");
        int specVersionMinor = cursor.u8("specVersionMinor");
        int specVersionMajor = cursor.u8("specVersionMajor");
        int specErrata = cursor.u8("specErrata");
        int uintnSize = cursor.u8("uintnSize");
        List<HashAlgorithm> algorithms = version == Version.EVENT03 ? readAlgorithms(cursor, maxAlgorithms) : List.of();
        int vendorInfoSize = cursor.plain8("vendorInfoSize");
        Bytes vendorInfo = cursor.bytes(vendorInfoSize, "vendorInfo");
        return new SpecIdEvent(
                version,
                platformClass,
                specVersionMinor,
                specVersionMajor,
                specErrata,
                uintnSize,
                algorithms,
                vendorInfo,
                cursor.rest());
    }

    private static Version readVersion(ByteCursor cursor) throws MalformedDataException {
        Bytes signature = cursor.plainBytes(SIGNATURE_SIZE, "signature");
        Version version = version(signature)
                .orElseThrow(() -> cursor.fault("signature", "is not that of a Spec ID event: " + signature));
        cursor.text("signature", version.text, SIGNATURE_SIZE);
        return version;
    }

    private static Optional<Version> version(Bytes data) {
        for (Version version : VERSIONS) {
            if (isSpecId(data, version)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private static List<HashAlgorithm> readAlgorithms(ByteCursor cursor, int maxAlgorithms)
            throws MalformedDataException {
        long count = cursor.plain32("numberOfAlgorithms");
        if (count == 0 || count > maxAlgorithms) {
            throw cursor.fault("numberOfAlgorithms", count + " is not 1 to " + maxAlgorithms);
        }
        List<HashAlgorithm> algorithms = new ArrayList<>();
        cursor.items("digestSizes", sizes -> {
            for (int i = 0; i < count; i++) {
                sizes.structure("algorithm", size -> algorithms.add(readAlgorithm(size, algorithms)));
            }
        });
        return algorithms;
    }

    private static HashAlgorithm readAlgorithm(ByteCursor cursor, List<HashAlgorithm> others)
            throws MalformedDataException {
        int id = cursor.plain16("digestSizes.algorithmId");
        int at = cursor.position() - Short.BYTES;
        int size = cursor.plain16("digestSizes.digestSize");
        for (HashAlgorithm other : others) {
            if (other.id() == id) {
                throw cursor.fault("digestSizes.algorithmId", other + " is listed twice");
            }
        }
        try {
            HashAlgorithm algorithm = HashAlgorithm.of(id, size);
            if (cursor.isRecording()) {
                cursor.add(Field.text("algorithmId", algorithm.name(), at, Short.BYTES));
                cursor.note("digestSize", new FieldValue.Unsigned(size), Short.BYTES);
            }
            return algorithm;
        } catch (IllegalArgumentException e) {
            throw cursor.fault("digestSizes.digestSize", String.valueOf(e.getMessage()));
        }
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, cursor -> read(cursor, Integer.MAX_VALUE));
    }

    /** {@return the event data} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter()
                .bytes(version.signature)
                .u32(platformClass)
                .u8(specVersionMinor)
                .u8(specVersionMajor)
                .u8(specErrata)
                .u8(uintnSize);
        if (version == Version.EVENT03) {
            writer.u32(algorithms.size());
            algorithms.forEach(algorithm -> writer.u16(algorithm.id()).u16(algorithm.digestSize()));
        }
        return writer.u8(vendorInfo.length()).bytes(vendorInfo).bytes(trailing).toBytes();
    }
}
