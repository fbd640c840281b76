package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestLogs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a TPM stated with each of its commands that attest, as tpm2-tools wrote it. */
class CapturedStatementsTest {
    private static final Bytes NONCE = Bytes.parseHex("00112233");
    private static final Set<QuoteFinding> SHORT_NONCE = Set.of(QuoteFinding.SHORT_NONCE);
    static final Map<String, Class<? extends Attested>> TYPES = Map.of(
            "quote", Attested.Quote.class,
            "nvcert", Attested.Nv.class,
            "certify", Attested.Certify.class,
            "cc", Attested.Creation.class,
            "time", Attested.Time.class);

    static Bytes file(String name) {
        return Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve(name)));
    }

    static AttestationKey key() throws MalformedDataException {
        return AttestationKey.decode(file("ak.pub"));
    }

    private static <T extends Attested> VerifiedAttest<T> verify(String name, Class<T> type) throws Exception {
        Attest attest = Attest.decode(file(name + ".msg"));
        Nonce nonce = attest.extraData().isEmpty() ? Nonce.insecureUnchecked() : Nonce.of(attest.extraData());
        return AttestVerifier.verify(
                attest,
                TpmSignature.decode(file(name + ".sig")),
                type,
                key().requireName(file("ak.name")),
                nonce,
                SHORT_NONCE);
    }

    @Test
    void eachIsVerifiedAndEncodedAsItWas() throws Exception {
        for (Map.Entry<String, Class<? extends Attested>> sample : TYPES.entrySet()) {
            VerifiedAttest<?> verified = verify(sample.getKey(), sample.getValue());
            assertEquals(file(sample.getKey() + ".msg"), verified.attest().encode(), sample.getKey());
            assertInstanceOf(sample.getValue(), verified.attested());
            assertEquals(!sample.getKey().equals("cc"), verified.isFresh());
        }
    }

    @Test
    void whatTheySayIsTrueOfTheObjects() throws Exception {
        PublicArea certified = PublicArea.decode(file("k.pub"));
        assertEquals(
                certified.name().orElseThrow(),
                verify("certify", Attested.Certify.class).attested().name());
        Attested.Creation creation = verify("cc", Attested.Creation.class).attested();
        assertEquals(certified.name().orElseThrow(), creation.objectName());
        CreationData data = CreationData.decode(file("k.cd"));
        assertEquals(file("k.cd").from(Short.BYTES), data.encode());
        assertEquals(creation.creationHash(), data.hash(HashAlgorithm.SHA256).orElseThrow());
        assertEquals(file("k.ch").from(Short.BYTES), creation.creationHash());
        assertEquals(
                certified.qualifiedName(data.parentQualifiedName()).orElseThrow(),
                verify("certify", Attested.Certify.class).attested().qualifiedName());
        CreationData primary = CreationData.decode(file("prim.cd"));
        assertEquals(
                file("prim.ch").from(Short.BYTES),
                primary.hash(HashAlgorithm.SHA256).orElseThrow());
        Attested.Nv nv = verify("nvcert", Attested.Nv.class).attested();
        NvPublic index = new NvPublic(0x01d10200, HashAlgorithm.SHA256.id(), 0x2a060046, Bytes.EMPTY, 32);
        assertEquals(index.name().orElseThrow(), nv.indexName());
        assertTrue(index.isExtend() && index.has(NvPublic.WRITTEN) && !index.has(NvPublic.ORDERLY));
        Attested.Time time = verify("time", Attested.Time.class).attested();
        assertEquals(0x2031a, time.clockInfo().clock());
    }

    @Test
    void anotherTypeKeyOrNonceIsRefused() throws Exception {
        Attest attest = Attest.decode(file("certify.msg"));
        TpmSignature signature = TpmSignature.decode(file("certify.sig"));
        assertEquals(
                QuoteRefusal.TYPE_DIFFERS,
                refusal(() -> AttestVerifier.verify(
                        attest, signature, Attested.Creation.class, key(), Nonce.insecureUnchecked())));
        assertEquals(
                QuoteRefusal.SIGNATURE_WRONG,
                refusal(() -> AttestVerifier.verify(
                        attest,
                        signature,
                        Attested.Certify.class,
                        SoftwareTpm.p256().key(),
                        Nonce.insecureUnchecked())));
        assertEquals(
                QuoteRefusal.NONCE_DIFFERS,
                refusal(() -> AttestVerifier.verify(
                        attest, signature, Attested.Certify.class, key(), Nonce.of(NONCE), SHORT_NONCE)));
        assertThrows(MalformedDataException.class, () -> Quote.decode(file("certify.msg"), file("certify.sig")));
    }

    private interface Check {
        void run() throws Exception;
    }

    private static QuoteRefusal refusal(Check check) {
        return assertThrows(QuoteRefusedException.class, check::run).reason();
    }

    @Test
    void statementsOfOneBootAreTiedTogether() throws Exception {
        List<VerifiedAttest<?>> inOrder = List.of(
                verify("quote", Attested.Quote.class),
                verify("nvcert", Attested.Nv.class),
                verify("certify", Attested.Certify.class),
                verify("cc", Attested.Creation.class),
                verify("time", Attested.Time.class));
        for (int i = 1; i < inOrder.size(); i++) {
            VerifiedAttest<?> earlier = inOrder.get(i - 1);
            VerifiedAttest<?> later = inOrder.get(i);
            later.requireSameBootAs(earlier);
            assertEquals(QuoteRefusal.CLOCK_NOT_IN_ORDER, refusal(() -> earlier.requireSameBootAs(later)));
        }
    }

    @Test
    void statementsOfTwoBootsAreNot() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.p256();
        VerifiedAttest<?> first = stated(tpm, new Attest.ClockInfo(10, 1, 0, true));
        assertEquals(
                QuoteRefusal.BOOT_DIFFERS,
                refusal(() -> stated(tpm, new Attest.ClockInfo(20, 2, 0, true)).requireSameBootAs(first)));
        assertEquals(
                QuoteRefusal.BOOT_DIFFERS,
                refusal(() -> stated(tpm, new Attest.ClockInfo(20, 1, 1, true)).requireSameBootAs(first)));
        assertEquals(
                QuoteRefusal.SIGNER_DIFFERS,
                refusal(() -> stated(SoftwareTpm.p256(), new Attest.ClockInfo(20, 1, 0, true))
                        .requireSameBootAs(first)));
        Bytes signer =
                tpm.publicArea().qualifiedName(Bytes.parseHex("4000000b")).orElseThrow();
        assertEquals(
                QuoteRefusal.SIGNER_DIFFERS,
                refusal(() -> stated(SoftwareTpm.p256(), signer, new Attest.ClockInfo(20, 1, 0, true))
                        .requireSameBootAs(first)),
                "another key that states the name of the first");
        assertEquals(
                List.of(QuoteFinding.NONCE_NOT_CHECKED, QuoteFinding.CLOCK_NOT_SAFE),
                stated(tpm, new Attest.ClockInfo(-1, 1, 0, false))
                        .requireSameBootAs(first)
                        .findings());
    }

    private static VerifiedAttest<?> stated(SoftwareTpm tpm, Attest.ClockInfo clock) throws Exception {
        return stated(
                tpm, tpm.publicArea().qualifiedName(Bytes.parseHex("4000000b")).orElseThrow(), clock);
    }

    private static VerifiedAttest<?> stated(SoftwareTpm tpm, Bytes signer, Attest.ClockInfo clock) throws Exception {
        Attest attest = new Attest(signer, Bytes.EMPTY, clock, 1, new Attested.SessionAudit(true, NONCE));
        return AttestVerifier.verify(
                attest, tpm.sign(attest.encode()), Attested.SessionAudit.class, tpm.key(), Nonce.insecureUnchecked());
    }
}
