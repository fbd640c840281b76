package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/**
 * EFI_VARIABLE_AUTHENTICATION_2 (UEFI 8.2.3) and the content after it: what is passed to SetVariable for a time-based authenticated
 * variable, and what an .auth file holds. The signature is not verified here.
 *
 * @param timeStamp the time of the signature
 * @param certType what the certificate data are; {@link SignatureType#PKCS7} for all variables of UEFI
 * @param certData the signature
 * @param content the content of the variable
 */
public record VariableAuthentication2(EfiTime timeStamp, Guid certType, Bytes certData, Bytes content) {
    /** The {@code wRevision} of the WIN_CERTIFICATE header. */
    public static final int REVISION = 0x0200;

    /** The {@code wCertificateType} of the WIN_CERTIFICATE header: WIN_CERT_TYPE_EFI_GUID. */
    public static final int WIN_CERT_TYPE_EFI_GUID = 0x0ef1;

    /** The size of the smallest header, one without certificate data, in bytes. */
    public static final int HEADER_SIZE = EfiTime.SIZE + 8 + Guid.SIZE;

    private static final int WIN_CERTIFICATE_UEFI_GUID_SIZE = 8 + Guid.SIZE;

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if it is not a WIN_CERTIFICATE_UEFI_GUID, or its length exceeds the bytes that are there
     */
    public static VariableAuthentication2 decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "EFI_VARIABLE_AUTHENTICATION_2");
        EfiTime timeStamp = EfiTime.of(cursor.bytes(EfiTime.SIZE, "TimeStamp"));
        long length = cursor.u32("AuthInfo.Hdr.dwLength");
        int revision = cursor.u16("AuthInfo.Hdr.wRevision");
        int certificateType = cursor.u16("AuthInfo.Hdr.wCertificateType");
        if (revision != REVISION || certificateType != WIN_CERT_TYPE_EFI_GUID) {
            throw cursor.fault(
                    "AuthInfo.Hdr",
                    String.format(
                            "revision 0x%04x and certificate type 0x%04x, not 0x0200 and 0x0ef1",
                            revision, certificateType));
        }
        if (length < WIN_CERTIFICATE_UEFI_GUID_SIZE) {
            throw cursor.fault("AuthInfo.Hdr.dwLength", "is " + length + ", less than the header's 24 bytes");
        }
        Guid certType = Guid.of(cursor.bytes(Guid.SIZE, "AuthInfo.CertType"));
        Bytes certData = cursor.bytes(length - WIN_CERTIFICATE_UEFI_GUID_SIZE, "AuthInfo.CertData");
        return new VariableAuthentication2(timeStamp, certType, certData, cursor.rest());
    }

    /** {@return the structure and the content after it} */
    public Bytes encode() {
        return new ByteWriter()
                .bytes(timeStamp.encode())
                .u32(WIN_CERTIFICATE_UEFI_GUID_SIZE + certData.length())
                .u16(REVISION)
                .u16(WIN_CERT_TYPE_EFI_GUID)
                .bytes(certType.toBytes())
                .bytes(certData)
                .bytes(content)
                .toBytes();
    }
}
