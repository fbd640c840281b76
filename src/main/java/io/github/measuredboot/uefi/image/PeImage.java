package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A PE32 or PE32+ file (Microsoft PE Format): the form of every UEFI application and driver, of Linux kernels and unified
 * kernel images.
 *
 * <p>The digest that firmware measures into PCR 4 and PCR 2, and that an Authenticode signature signs, covers the headers without
 * CheckSum and the entry of the certificate table, the sections in ascending order of PointerToRawData, and what follows them up to the
 * size of the file less that of the certificate table. Files whose sections overlap so that these parts are longer than the file are
 * refused.
 */
public final class PeImage {
    /** The largest file, 1 GiB. */
    public static final int MAX_SIZE = 1 << 30;

    private static final int SIGNATURE_ALIGNMENT = 8;

    private final Bytes file;
    private final PeHeaders headers;
    private final List<Bytes> hashed;
    private final long hashedZeros;

    private PeImage(Bytes file, PeHeaders headers, List<Bytes> hashed, long hashedZeros) {
        this.file = file;
        this.headers = headers;
        this.hashed = hashed;
        this.hashedZeros = hashedZeros;
    }

    /** {@return the same as {@link #parse(Bytes)} of these bytes, which are not copied} */
    public static PeImage parse(byte[] bytes) throws MalformedDataException {
        return parse(Bytes.wrap(bytes));
    }

    /**
     * Reads a file's headers. The image shares the array of {@code file}.
     *
     * @param file the whole file, at most {@link #MAX_SIZE} bytes
     * @return the image
     * @throws MalformedDataException if the file is larger or is not a PE file, or if its headers point outside it
     */
    public static PeImage parse(Bytes file) throws MalformedDataException {
        return parse(file, 0);
    }

    /**
     * Reads a file into memory, once, and then its headers.
     *
     * @param path the file
     * @return the image
     * @throws IOException if the file cannot be read
     * @throws MalformedDataException as {@link #parse(Bytes)}
     */
    public static PeImage read(Path path) throws IOException, MalformedDataException {
        if (Files.size(path) > MAX_SIZE) {
            throw tooLarge();
        }
        return parse(Bytes.wrap(Files.readAllBytes(path)));
    }

    /** An image in memory that ends with zeros which no file holds. */
    static PeImage parse(Bytes file, long zeroFill) throws MalformedDataException {
        if (file.length() > MAX_SIZE) {
            throw tooLarge();
        }
        PeHeaders headers = PeHeaders.read(file);
        List<Bytes> hashed = new ArrayList<>();
        int afterCheckSum = headers.checkSumOffset() + Integer.BYTES;
        PeHeaders.CertificateDirectory directory = headers.certificateDirectory();
        int afterEntry = directory.entryOffset() + directory.entrySize();
        hashed.add(file.slice(0, headers.checkSumOffset()));
        hashed.add(file.slice(afterCheckSum, directory.entryOffset() - afterCheckSum));
        hashed.add(file.slice(afterEntry, headers.sizeOfHeaders() - afterEntry));

        long sumOfBytesHashed = headers.sizeOfHeaders();
        for (PeSection section : byPointerToRawData(headers.sections())) {
            hashed.add(section.rawData());
            sumOfBytesHashed += section.rawData().length();
        }
        long remaining = file.length() + zeroFill - directory.tableSize() - sumOfBytesHashed;
        if (sumOfBytesHashed > file.length() || remaining < 0) {
            throw fault(
                    headers.sizeOfHeaders(),
                    "sections",
                    "headers and sections (" + sumOfBytesHashed + " bytes) and certificate table ("
                            + directory.tableSize() + ") overlap in a file of " + file.length() + " bytes");
        }
        int remainingOfFile = (int) Math.min(remaining, file.length() - sumOfBytesHashed);
        hashed.add(file.slice((int) sumOfBytesHashed, remainingOfFile));
        return new PeImage(file, headers, List.copyOf(hashed), remaining - remainingOfFile);
    }

    private static List<PeSection> byPointerToRawData(List<PeSection> sections) {
        return sections.stream()
                .sorted(Comparator.comparingLong(PeSection::pointerToRawData))
                .toList();
    }

    private static MalformedDataException tooLarge() {
        return fault(0, "size", "is more than " + MAX_SIZE + " bytes");
    }

    private static MalformedDataException fault(long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, "PE image", field, reason));
    }

    /** {@return all bytes of the file} */
    public Bytes file() {
        return file;
    }

    /** {@return the Machine field, for example 0x8664 for x86-64, 0xaa64 for AArch64} */
    public int machine() {
        return headers.machine();
    }

    /** {@return whether the optional header is that of PE32+, not of PE32} */
    public boolean isPe32Plus() {
        return headers.isPe32Plus();
    }

    /** {@return the sections in the order of their headers} */
    public List<PeSection> sections() {
        return headers.sections();
    }

    /** {@return whether the attribute certificate table has anything in it; no signature is checked} */
    public boolean isSigned() {
        return headers.certificateDirectory().tableSize() > 0;
    }

    /** {@return the attribute certificate table, empty if the image is not signed} */
    public Bytes certificateTable() {
        PeHeaders.CertificateDirectory directory = headers.certificateDirectory();
        return isSigned() ? file.slice((int) directory.tableOffset(), (int) directory.tableSize()) : Bytes.EMPTY;
    }

    /**
     * The entries of the attribute certificate table.
     *
     * @return all, in their order
     * @throws MalformedDataException if an entry goes beyond the table, or there are more than {@link
     *     WinCertificate#MAX_ENTRIES}
     */
    public List<WinCertificate> certificates() throws MalformedDataException {
        return WinCertificate.readTable(
                certificateTable(), headers.certificateDirectory().tableOffset());
    }

    /**
     * The digest that firmware measures when it loads this file as it is (Windows Authenticode Portable Executable
     * Signature Format, "Calculating the PE Image Hash"; TCG PFP 1.06, EV_EFI_BOOT_SERVICES_APPLICATION).
     *
     * @param algorithm the hash algorithm of the PCR bank
     * @return the digest
     * @throws IllegalArgumentException if this JVM cannot compute {@code algorithm}
     */
    public Digest authenticodeDigest(HashAlgorithm algorithm) {
        return digest(algorithm, this::updateAuthenticode);
    }

    /**
     * The digest that firmware will measure once this file has been signed: signing tools first pad the file with zeros to a multiple of
     * 8 bytes. It differs from {@link #authenticodeDigest} only for unsigned files whose size is not such a multiple.
     *
     * @param algorithm the hash algorithm of the PCR bank
     * @return the digest
     * @throws IllegalArgumentException if this JVM cannot compute {@code algorithm}
     */
    public Digest authenticodeDigestOnceSigned(HashAlgorithm algorithm) {
        return digest(algorithm, digest -> {
            updateAuthenticode(digest);
            Zeros.update(digest, isSigned() ? 0 : -file.length() & (SIGNATURE_ALIGNMENT - 1));
        });
    }

    /**
     * The digest of all bytes of the file.
     *
     * @param algorithm the hash algorithm
     * @return the digest
     * @throws IllegalArgumentException if this JVM cannot compute {@code algorithm}
     */
    public Digest fileDigest(HashAlgorithm algorithm) {
        return digest(algorithm, file::update);
    }

    private void updateAuthenticode(MessageDigest digest) {
        hashed.forEach(part -> part.update(digest));
        Zeros.update(digest, hashedZeros);
    }

    static Digest digest(HashAlgorithm algorithm, Consumer<MessageDigest> data) {
        MessageDigest digest = algorithm
                .newMessageDigest()
                .orElseThrow(() -> new IllegalArgumentException("this JVM cannot compute " + algorithm));
        data.accept(digest);
        return new Digest(algorithm, Bytes.wrap(digest.digest()));
    }
}
