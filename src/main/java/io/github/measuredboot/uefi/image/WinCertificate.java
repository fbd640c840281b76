package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A WIN_CERTIFICATE: an entry of a PE image's attribute certificate table (UEFI 2.10, 32.2.4). Its signature is not checked.
 *
 * @param revision wRevision, 0x0200 for what is in use
 * @param certificateType wCertificateType
 * @param certificate bCertificate: for {@link #PKCS_SIGNED_DATA} a DER-encoded SignedData, perhaps with padding after it
 */
public record WinCertificate(int revision, int certificateType, Bytes certificate) {
    /** WIN_CERT_TYPE_PKCS_SIGNED_DATA: an Authenticode signature. */
    public static final int PKCS_SIGNED_DATA = 0x0002;

    /** The most entries of a table that are read. */
    public static final int MAX_ENTRIES = 256;

    private static final int HEADER_SIZE = 8;

    /** WIN_CERTIFICATE of UEFI 2.10, 32.2.4; each begins at a multiple of 8 bytes. */
    static List<WinCertificate> readTable(Bytes table, long tableOffset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(table, tableOffset, "WIN_CERTIFICATE");
        List<WinCertificate> certificates = new ArrayList<>();
        while (cursor.remaining() > 0) {
            if (certificates.size() == MAX_ENTRIES) {
                throw cursor.fault("dwLength", "the table has more than " + MAX_ENTRIES + " entries");
            }
            long length = cursor.u32("dwLength");
            if (length < HEADER_SIZE) {
                throw cursor.fault("dwLength", "is " + length + ", at least " + HEADER_SIZE + " expected");
            }
            int revision = cursor.u16("wRevision");
            int type = cursor.u16("wCertificateType");
            certificates.add(new WinCertificate(revision, type, cursor.bytes(length - HEADER_SIZE, "bCertificate")));
            cursor.bytes(Math.min(padding(length), cursor.remaining()), "padding");
        }
        return List.copyOf(certificates);
    }

    /** {@return the header, the certificate, and zeros up to a multiple of 8 bytes} */
    public Bytes encode() {
        long length = HEADER_SIZE + (long) certificate.length();
        return new ByteWriter()
                .u32(length)
                .u16(revision)
                .u16(certificateType)
                .bytes(certificate)
                .zeros((int) padding(length))
                .toBytes();
    }

    private static long padding(long length) {
        return -length & 7;
    }
}
