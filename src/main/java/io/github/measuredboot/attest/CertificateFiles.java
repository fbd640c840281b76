package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads certificates in the forms in which they are commonly found: in a TPM's NV indexes, in DER, and in bundles in PEM. */
public final class CertificateFiles {
    /** The maximum size of a file in bytes. */
    public static final int MAX_FILE_SIZE = 1 << 22;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int SEQUENCE = 0x30;
    private static final int STORED_CERT = 0x1001;
    private static final int FULL_CERT = 0x1002;

    private CertificateFiles() {}

    /**
     * Reads the contents of NV indexes for certificates: one or more certificates in DER, one after the other, with or without
     * a header of the TCG (TPM 1.2) before them, padded with bytes 00 or ff. A chain that is spread over several indexes must
     * be joined first.
     *
     * @param contents what the index holds, or a file in DER
     * @return the certificates in order, that of the TPM's key first
     * @throws MalformedDataException if there is none, or something else is between or after them
     */
    public static List<TpmCertificate> readNv(Bytes contents) throws MalformedDataException {
        requireSize(contents);
        List<TpmCertificate> certificates = new ArrayList<>();
        int position = headerSize(contents);
        while (position < contents.length() && contents.u8(position) == SEQUENCE) {
            int size = derSize(contents, position);
            certificates.add(decode(contents.slice(position, size), position));
            position += size;
        }
        Bytes padding = contents.from(position);
        if (certificates.isEmpty() || !(padding.isFilledWith(0x00) || padding.isFilledWith(0xff))) {
            throw fault(position, "no certificate, and no padding of bytes 00 or ff");
        }
        return List.copyOf(certificates);
    }

    /** TCG_PCCLIENT_STORED_CERT and TCG_FULL_CERT of the PC Client specification for TPM 1.2, section 7.4. */
    private static int headerSize(Bytes contents) {
        if (contents.length() < 7 || u16(contents, 0) != STORED_CERT || contents.u8(2) != 0) {
            return 0;
        }
        return u16(contents, 5) == FULL_CERT ? 7 : 5;
    }

    private static int derSize(Bytes contents, int position) throws MalformedDataException {
        int header = 2;
        long size = position + 1 < contents.length() ? contents.u8(position + 1) : 0;
        if (size >= 0x80) {
            int count = (int) size & 0x7f;
            size = 0;
            for (int i = 0; i < count && count <= 3 && position + header < contents.length(); i++) {
                size = size << Byte.SIZE | contents.u8(position + header);
                header++;
            }
        }
        if (size == 0 || header + size > contents.length() - position) {
            throw fault(position, "a certificate that goes beyond the end");
        }
        return header + (int) size;
    }

    private static int u16(Bytes bytes, int index) {
        return bytes.u8(index) << Byte.SIZE | bytes.u8(index + 1);
    }

    /**
     * Reads certificates in PEM. Text around the blocks is ignored, and so are blocks of other kinds.
     *
     * @param pem the text
     * @return the certificates in order; none if there is no block
     * @throws MalformedDataException if a block is not closed or not base64, or holds something else
     */
    public static List<TpmCertificate> readPem(Bytes pem) throws MalformedDataException {
        List<TpmCertificate> certificates = new ArrayList<>();
        for (Block block : blocks(pem, "CERTIFICATE")) {
            certificates.add(decode(block.der, block.offset));
        }
        return List.copyOf(certificates);
    }

    /**
     * Reads revocation lists in PEM, or one in DER, for {@link CertificateVerifier#withRevocationLists}.
     *
     * @param contents the file
     * @return the lists in DER, in order
     * @throws MalformedDataException if a block is not closed or not base64
     */
    public static List<Bytes> readRevocationLists(Bytes contents) throws MalformedDataException {
        requireSize(contents);
        if (!contents.isEmpty() && contents.u8(0) == SEQUENCE) {
            return List.of(contents);
        }
        return blocks(contents, "X509 CRL").stream().map(Block::der).toList();
    }

    /**
     * Reads a file of any of these kinds, such as the bundle of roots that the caller trusts.
     *
     * @param file the file
     * @return the certificates
     * @throws IOException if it cannot be read
     * @throws MalformedDataException if it holds no certificates, or something that is not a certificate
     */
    public static List<TpmCertificate> read(Path file) throws IOException, MalformedDataException {
        Bytes contents;
        try (InputStream in = Files.newInputStream(file)) {
            contents = Bytes.wrap(in.readNBytes(MAX_FILE_SIZE + 1));
        }
        return read(contents);
    }

    /**
     * Reads the content of a file of any of these kinds.
     *
     * @param contents the file
     * @return the certificates, at least one
     * @throws MalformedDataException if it holds no certificates, or something that is not a certificate
     */
    public static List<TpmCertificate> read(Bytes contents) throws MalformedDataException {
        if (!contents.decode(StandardCharsets.ISO_8859_1).contains(BEGIN)) {
            return readNv(contents);
        }
        List<TpmCertificate> certificates = readPem(contents);
        if (certificates.isEmpty()) {
            throw fault(0, "no certificate");
        }
        return certificates;
    }

    private record Block(Bytes der, int offset) {}

    private static List<Block> blocks(Bytes pem, String label) throws MalformedDataException {
        requireSize(pem);
        String text = pem.decode(StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        String begin = BEGIN + label + DASHES;
        String end = END + label + DASHES;
        for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
            int close = text.indexOf(end, at);
            if (close < 0) {
                throw fault(at, "a block of PEM that is not closed");
            }
            try {
                blocks.add(new Block(
                        Bytes.wrap(Base64.getMimeDecoder().decode(text.substring(at + begin.length(), close))), at));
            } catch (IllegalArgumentException e) {
                throw fault(at, "a block of PEM that is not base64");
            }
            at = close;
        }
        return blocks;
    }

    private static TpmCertificate decode(Bytes der, int offset) throws MalformedDataException {
        try {
            return TpmCertificate.decode(der);
        } catch (MalformedDataException e) {
            Fault fault = e.fault();
            throw new MalformedDataException(
                    new Fault(offset + fault.offset(), fault.structure(), fault.field(), fault.reason()));
        }
    }

    private static void requireSize(Bytes contents) throws MalformedDataException {
        if (contents.length() > MAX_FILE_SIZE) {
            throw fault(0, "more than " + MAX_FILE_SIZE + " bytes");
        }
    }

    private static MalformedDataException fault(int offset, String reason) {
        return new MalformedDataException(new Fault(offset, "certificates", "certificate", reason));
    }
}
