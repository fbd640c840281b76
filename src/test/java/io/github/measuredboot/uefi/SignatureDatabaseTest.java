package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureDatabaseTest {
    private static final Guid OWNER = Guid.of("77fa9abd-0359-4d32-bd60-28f4e78f784b");
    private static final Guid UNKNOWN = Guid.of("12345678-1234-1234-1234-123456789abc");

    private static ByteWriter header(Guid type, long listSize, long headerSize, long signatureSize) {
        return new ByteWriter()
                .bytes(type.toBytes())
                .u32(listSize)
                .u32(headerSize)
                .u32(signatureSize);
    }

    private static Fault fault(Bytes data) {
        return assertThrows(MalformedDataException.class, () -> SignatureDatabase.decode(data, 1000))
                .fault();
    }

    private static Bytes filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void everyTypeDecodesToWhatWasEncoded(SignatureType type) throws Exception {
        Bytes signature = filled(type.size().orElse(100), 7);
        SignatureList list =
                SignatureList.of(type, new SignatureData(OWNER, signature), new SignatureData(Guid.ZERO, signature));
        SignatureDatabase database = new SignatureDatabase(List.of(list, list));
        SignatureDatabase decoded = SignatureDatabase.decode(database.encode(), 0);
        assertEquals(database, decoded);
        assertEquals(Optional.of(type), decoded.lists().get(0).type());
        assertEquals(list, SignatureList.decode(list.encode(), 0));
        assertEquals(type, SignatureType.of(type.guid()).orElseThrow());
    }

    @Test
    void anUnknownTypeIsKept() throws Exception {
        Bytes bytes = header(UNKNOWN, 28 + 2 * 17, 0, 17).zeros(34).toBytes();
        SignatureDatabase database = SignatureDatabase.decode(bytes, 0);
        SignatureList list = database.lists().get(0);
        assertEquals(Optional.empty(), list.type());
        assertEquals(UNKNOWN, list.signatureType());
        assertEquals(2, list.signatures().size());
        assertEquals(new SignatureContent.Opaque(filled(1, 0)), list.content(1, 0));
        assertEquals(bytes, database.encode());
    }

    @Test
    void anEmptyVariableHasNoLists() throws Exception {
        assertEquals(List.of(), SignatureDatabase.decode(Bytes.EMPTY, 0).lists());
    }

    @Test
    void headerBytesAreNeverReadAsSignatures() throws Exception {
        Bytes bytes = header(SignatureType.SHA256.guid(), 28 + 48 + 48, 48, 48)
                .bytes(filled(48, 0xee))
                .bytes(filled(48, 0x11))
                .toBytes();
        SignatureList list = SignatureDatabase.decode(bytes, 0).lists().get(0);
        assertEquals(filled(48, 0xee), list.signatureHeader());
        assertEquals(1, list.signatures().size());
        assertEquals(filled(32, 0x11), list.signatures().get(0).signature());
        assertEquals(bytes, list.encode());
    }

    @ParameterizedTest
    @CsvSource({
        "27, 0, 48, SignatureListSize",
        "0, 0, 0, SignatureListSize",
        "76, 49, 48, SignatureListSize",
        "76, 4294967295, 48, SignatureListSize",
        "4294967295, 0, 48, SignatureListSize",
        "77, 0, 48, SignatureListSize",
        "76, 0, 0, SignatureSize",
        "76, 0, 15, SignatureSize",
        "76, 0, 47, SignatureSize",
        "76, 0, 4294967295, SignatureSize",
        "76, 0, 24, SignatureSize",
        "75, 0, 47, SignatureSize"
    })
    void sizesThatDoNotFitAreFaults(long listSize, long headerSize, long signatureSize, String field) {
        Fault fault = fault(header(SignatureType.SHA256.guid(), listSize, headerSize, signatureSize)
                .zeros(48)
                .toBytes());
        assertEquals(field, fault.field(), fault.message());
        assertEquals(1028, fault.offset());
    }

    @Test
    void aListWithoutSignaturesMayStateAnySize() throws Exception {
        for (long size : new long[] {0, 15, 48, 0xffff_ffffL}) {
            Bytes bytes = header(SignatureType.SHA256.guid(), 28, 0, size).toBytes();
            SignatureDatabase database = SignatureDatabase.decode(bytes, 0);
            assertEquals(List.of(), database.lists().get(0).signatures());
            assertEquals(bytes, database.encode());
        }
    }

    @Test
    void bytesAfterTheLastListAreAFault() {
        Bytes list = header(SignatureType.SHA256.guid(), 28, 0, 48).toBytes();
        Fault fault = fault(new ByteWriter().bytes(list).u8(0).toBytes());
        assertEquals(1028, fault.offset());
        assertEquals("SignatureType", fault.field());
        assertThrows(
                MalformedDataException.class,
                () -> SignatureList.decode(
                        new ByteWriter().bytes(list).bytes(list).toBytes(), 0));
    }

    @Test
    void aHashOfACertificateComesWithItsTimeOfRevocation() throws Exception {
        EfiTime time = new EfiTime(2021, 2, 3, 4, 5, 6, 0, 7, 60, 0, 0);
        Bytes signature =
                new ByteWriter().bytes(filled(48, 9)).bytes(time.encode()).toBytes();
        SignatureContent.CertificateHash content = assertInstanceOf(
                SignatureContent.CertificateHash.class, SignatureType.X509_SHA384.content(signature, 0));
        assertEquals(filled(48, 9), content.toBeSignedHash());
        assertEquals(time, content.timeOfRevocation());
        assertEquals(
                Optional.of(Instant.parse("2021-02-03T05:05:06.000000007Z")),
                content.timeOfRevocation().toInstant());
        assertInstanceOf(SignatureContent.Opaque.class, SignatureType.X509_SHA384.content(filled(5, 0), 0));
        assertInstanceOf(SignatureContent.Opaque.class, SignatureType.SHA256.content(filled(5, 0), 0));
    }

    @Test
    void aBrokenCertificateHasItsOffset() throws Exception {
        SignatureList list = SignatureList.of(SignatureType.X509, new SignatureData(OWNER, filled(9, 0x30)));
        SignatureContent.X509 content = assertInstanceOf(SignatureContent.X509.class, list.content(0, 500));
        Certificate.Broken broken = assertInstanceOf(Certificate.Broken.class, content.certificate());
        assertEquals(500 + 28 + 16, broken.fault().offset());
    }

    @Test
    void anAuthorityEventHoldsAnEntryOrACertificateAlone() throws Exception {
        Bytes certificate = TestCertificates.of("CN=db");
        Bytes entry = new SignatureData(OWNER, certificate).encode();
        AuthoritySignature owned = AuthoritySignature.decode(entry, 0);
        assertEquals(new AuthoritySignature(Optional.of(OWNER), certificate), owned);
        assertEquals("CN=db", owned.certificate().orElseThrow().subject());
        assertEquals(entry, owned.encode());
        AuthoritySignature alone = AuthoritySignature.decode(certificate, 0);
        assertEquals(new AuthoritySignature(Optional.empty(), certificate), alone);
        assertEquals(certificate, alone.encode());
        AuthoritySignature hash = AuthoritySignature.decode(filled(48, 1), 0);
        assertEquals(filled(32, 1), hash.signature());
        assertEquals(Optional.empty(), hash.certificate());
        assertThrows(MalformedDataException.class, () -> AuthoritySignature.decode(filled(15, 1), 0));
    }

    @Test
    void theFormOfAFileIsRecognizedByItsBeginning() throws Exception {
        Bytes esl = SignatureList.of(SignatureType.SHA256, new SignatureData(OWNER, filled(32, 5)))
                .encode();
        SignatureDatabase database = SignatureDatabase.decode(esl, 0);

        SignatureDatabaseFile plain = SignatureDatabaseFile.decode(esl);
        assertEquals(SignatureDatabaseFile.Form.ESL, plain.form());
        assertEquals(0, plain.databaseOffset());
        assertEquals(database, plain.database());

        SignatureDatabaseFile efivarfs = SignatureDatabaseFile.decode(
                new ByteWriter().u32(0x27).bytes(esl).toBytes());
        assertEquals(SignatureDatabaseFile.Form.EFIVARFS, efivarfs.form());
        assertEquals(0x27, efivarfs.attributes().orElseThrow());
        assertEquals(4, efivarfs.databaseOffset());
        assertEquals(database, efivarfs.database());

        EfiTime time = new EfiTime(2021, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0);
        SignatureDatabaseFile auth = SignatureDatabaseFile.decode(
                new VariableAuthentication2(time, SignatureType.PKCS7.guid(), filled(11, 0x30), esl).encode());
        assertEquals(SignatureDatabaseFile.Form.AUTH, auth.form());
        assertEquals(time, auth.authentication().orElseThrow().timeStamp());
        assertEquals(40 + 11, auth.databaseOffset());
        assertEquals(database, auth.database());

        assertThrows(MalformedDataException.class, () -> SignatureDatabaseFile.decode(Bytes.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({
        "24, 0x0200, 0x0ef0, AuthInfo.Hdr",
        "24, 0x0100, 0x0ef1, AuthInfo.Hdr",
        "23, 0x0200, 0x0ef1, AuthInfo.Hdr.dwLength",
        "0, 0x0200, 0x0ef1, AuthInfo.Hdr.dwLength",
        "25, 0x0200, 0x0ef1, AuthInfo.CertData",
        "4294967295, 0x0200, 0x0ef1, AuthInfo.CertData"
    })
    void anAuthenticationHeaderThatIsNoneIsAFault(long length, int revision, int type, String field) {
        Bytes bytes = new ByteWriter()
                .zeros(16)
                .u32(length)
                .u16(revision)
                .u16(type)
                .zeros(16)
                .toBytes();
        Fault fault = assertThrows(MalformedDataException.class, () -> VariableAuthentication2.decode(bytes, 0))
                .fault();
        assertEquals(field, fault.field());
    }

    @Test
    void entriesOfOneListHaveOneSize() {
        SignatureData entry = new SignatureData(OWNER, filled(32, 0));
        SignatureData longer = new SignatureData(OWNER, filled(33, 0));
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> SignatureList.of(SignatureType.SHA256, entry, longer))
                .getMessage());
        assertTrue(message.contains("49 bytes") && message.contains("48"), message);
    }
}
