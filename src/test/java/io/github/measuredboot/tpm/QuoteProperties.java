package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuoteProperties {
    private interface Decoder<T> {
        T decode(Bytes bytes) throws MalformedDataException;
    }

    private static Arbitrary<Bytes> bytes(int min, int max) {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(min)
                .ofMaxSize(max)
                .map(Bytes::wrap);
    }

    private static Arbitrary<Integer> u16() {
        return Arbitraries.integers().between(0, 0xffff);
    }

    private static Arbitrary<Long> u32() {
        return Arbitraries.longs().between(0, 0xffff_ffffL);
    }

    @Provide
    Arbitrary<Attest> attests() {
        Arbitrary<Attest.ClockInfo> clockInfo = Combinators.combine(
                        Arbitraries.longs(), u32(), u32(), Arbitraries.of(true, false))
                .as(Attest.ClockInfo::new);
        Arbitrary<List<Attest.BankSelection>> banks = Combinators.combine(u16(), bytes(0, 4))
                .as(Attest.BankSelection::new)
                .list()
                .ofMaxSize(16);
        Arbitrary<Attested> attested = Arbitraries.oneOf(
                Combinators.combine(banks, bytes(0, 64)).as(Attested.Quote::new),
                Combinators.combine(bytes(0, 66), bytes(0, 66)).as(Attested.Certify::new),
                Combinators.combine(bytes(0, 66), bytes(0, 64)).as(Attested.Creation::new),
                Combinators.combine(bytes(0, 66), u16(), bytes(0, 4096)).as(Attested.Nv::new),
                Combinators.combine(bytes(0, 66), bytes(0, 64)).as(Attested.NvDigest::new),
                Combinators.combine(Arbitraries.longs(), clockInfo, Arbitraries.longs())
                        .as(Attested.Time::new),
                Combinators.combine(Arbitraries.longs(), u16(), bytes(0, 64), bytes(0, 64))
                        .as(Attested.CommandAudit::new),
                Combinators.combine(Arbitraries.of(true, false), bytes(0, 64)).as(Attested.SessionAudit::new));
        return Combinators.combine(bytes(0, 66), bytes(0, 66), clockInfo, Arbitraries.longs(), attested)
                .as(Attest::new);
    }

    @Provide
    Arbitrary<CreationData> creationData() {
        Arbitrary<List<Attest.BankSelection>> banks = Combinators.combine(u16(), bytes(0, 4))
                .as(Attest.BankSelection::new)
                .list()
                .ofMaxSize(16);
        return Combinators.combine(
                        banks,
                        bytes(0, 64),
                        Arbitraries.integers().between(0, 255),
                        u16(),
                        bytes(0, 66),
                        bytes(0, 66),
                        bytes(0, 66))
                .as(CreationData::new);
    }

    @Provide
    Arbitrary<NvPublic> nvPublics() {
        return Combinators.combine(
                        Arbitraries.longs().between(0x01000000, 0x01ffffff), u16(), u32(), bytes(0, 64), u16())
                .as(NvPublic::new);
    }

    @Provide
    Arbitrary<TpmSignature> signatures() {
        Arbitrary<HashAlgorithm> hash = Arbitraries.of(HashAlgorithm.standard());
        Arbitrary<TpmSignature> rsa = Combinators.combine(
                        Arbitraries.of(TpmSignature.Scheme.RSASSA, TpmSignature.Scheme.RSAPSS), hash, bytes(0, 512))
                .as(TpmSignature.Rsa::new);
        Arbitrary<TpmSignature> ecc = Combinators.combine(
                        Arbitraries.of(TpmSignature.Scheme.ECDSA, TpmSignature.Scheme.SM2),
                        hash,
                        bytes(0, 66),
                        bytes(0, 66))
                .as(TpmSignature.Ecc::new);
        return Arbitraries.oneOf(rsa, ecc);
    }

    @Provide
    Arbitrary<PublicArea> publicAreas() {
        Arbitrary<PublicArea.Symmetric> symmetric = Arbitraries.oneOf(
                Arbitraries.just(new PublicArea.Symmetric(PublicArea.Scheme.NULL, Bytes.EMPTY)),
                bytes(4, 4).map(details -> new PublicArea.Symmetric(6, details)));
        Arbitrary<PublicArea.Scheme> scheme = Arbitraries.oneOf(
                Arbitraries.just(new PublicArea.Scheme(PublicArea.Scheme.NULL, Bytes.EMPTY)),
                Arbitraries.just(new PublicArea.Scheme(0x15, Bytes.EMPTY)),
                bytes(4, 4).map(details -> new PublicArea.Scheme(0x1a, details)),
                bytes(2, 2).map(details -> new PublicArea.Scheme(0x14, details)));
        Arbitrary<PublicArea.Parameters> rsa = Combinators.combine(symmetric, scheme, u16(), u32(), bytes(0, 512))
                .as(PublicArea.Rsa::new);
        Arbitrary<PublicArea.Parameters> ecc = Combinators.combine(
                        symmetric, scheme, u16(), scheme, bytes(0, 66), bytes(0, 66))
                .as(PublicArea.Ecc::new);
        Arbitrary<Integer> nameAlg = u16().filter(id -> id != PublicArea.Rsa.TYPE && id != PublicArea.Ecc.TYPE);
        return Combinators.combine(nameAlg, u32(), bytes(0, 64), Arbitraries.oneOf(rsa, ecc))
                .as(PublicArea::new);
    }

    @Property(tries = 100)
    void attestIsReadAsItWasWritten(@ForAll("attests") Attest attest) throws Exception {
        assertEquals(attest, Attest.decode(attest.encode()));
        requireNothingElse(attest.encode(), Attest::decode);
    }

    @Property(tries = 100)
    void creationDataIsReadAsItWasWritten(@ForAll("creationData") CreationData data) throws Exception {
        assertEquals(data, CreationData.decode(data.encode()));
        assertEquals(data, CreationData.decode(sized(data.encode())), "as a TPM2B_CREATION_DATA");
        requireNothingElse(data.encode(), CreationData::decode);
    }

    @Property(tries = 100)
    void nvPublicIsReadAsItWasWritten(@ForAll("nvPublics") NvPublic area) throws Exception {
        assertEquals(area, NvPublic.decode(area.encode()));
        assertEquals(area, NvPublic.decode(sized(area.encode())), "as a TPM2B_NV_PUBLIC");
        requireNothingElse(area.encode(), NvPublic::decode);
    }

    private static Bytes sized(Bytes encoded) {
        return Bytes.parseHex(String.format("%04x", encoded.length()) + encoded.toHex());
    }

    @Property(tries = 100)
    void signatureIsReadAsItWasWritten(@ForAll("signatures") TpmSignature signature) throws Exception {
        assertEquals(signature, TpmSignature.decode(signature.encode()));
        requireNothingElse(signature.encode(), TpmSignature::decode);
    }

    @Property(tries = 100)
    void publicAreaIsReadAsItWasWritten(@ForAll("publicAreas") PublicArea area) throws Exception {
        Bytes encoded = area.encode();
        assertEquals(area, PublicArea.decode(encoded));
        assertEquals(area, PublicArea.decode(sized(encoded)), "as a TPM2B_PUBLIC");
        requireNothingElse(encoded, PublicArea::decode);
    }

    private static <T> void requireNothingElse(Bytes encoded, Decoder<T> decoder) {
        assertThrows(MalformedDataException.class, () -> decoder.decode(encoded.slice(0, encoded.length() - 1)));
        assertThrows(MalformedDataException.class, () -> decoder.decode(Bytes.parseHex(encoded.toHex() + "00")));
    }
}
