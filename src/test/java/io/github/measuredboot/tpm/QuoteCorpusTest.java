package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The quotes of real machines. Of most of them the key is not known, so that only the digest can be checked. */
class QuoteCorpusTest {
    private static final String WITH_KEY = "google-windows-gcp-shielded-vm";

    private static final Set<String> OVER_NO_PCR = Set.of("guard-imn-dell");

    private static Bytes hex(JsonNode quote, String member) {
        return Bytes.parseHex(quote.get(member).asText());
    }

    private static PcrValues values(TestLog log) throws Exception {
        return PcrValuesJson.parse(Bytes.encode(log.facts().get("tpm_pcrs").toString(), StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> decodesAndEncodes() {
        return TestLogs.corpus().stream()
                .filter(log -> log.facts().has("quote"))
                .map(log -> dynamicTest(log.name(), () -> {
                    JsonNode quote = log.facts().get("quote");
                    Bytes attest = hex(quote, "attest");
                    Bytes signature = hex(quote, "signature");
                    assertEquals(attest, Attest.decode(attest).encode());
                    assertEquals(signature, TpmSignature.decode(signature).encode());
                }));
    }

    @TestFactory
    Stream<DynamicTest> digestIsThatOfTheTpmsValues() {
        return TestLogs.corpus().stream()
                .filter(log -> log.facts().has("quote") && !OVER_NO_PCR.contains(log.name()))
                .map(log -> dynamicTest(log.name(), () -> {
                    Attest attest = Attest.decode(hex(log.facts().get("quote"), "attest"));
                    HashAlgorithm hash = TpmSignature.decode(hex(log.facts().get("quote"), "signature"))
                            .hash();
                    assertEquals(SoftwareTpm.quoted(attest).pcrDigest(), digest(attest, hash, values(log)));
                }));
    }

    private static Bytes digest(Attest attest, HashAlgorithm hash, PcrValues values) {
        MessageDigest digest = hash.newMessageDigest().orElseThrow();
        SoftwareTpm.quoted(attest)
                .pcrSelect()
                .forEach(bank -> bank.pcrs()
                        .forEach(pcr -> values.value(
                                        HashAlgorithm.byId(bank.hash()).orElseThrow(), pcr)
                                .orElseThrow()
                                .update(digest)));
        return Bytes.wrap(digest.digest());
    }

    @Test
    void verifiesTheQuoteWhoseKeyIsKnown() throws Exception {
        TestLog log = TestLogs.corpus().stream()
                .filter(candidate -> candidate.name().equals(WITH_KEY))
                .findFirst()
                .orElseThrow();
        JsonNode json = log.facts().get("quote");
        Quote quote = Quote.decode(hex(json, "attest"), hex(json, "signature"));
        AttestationKey key = AttestationKey.decode(hex(json, "ak_public"));
        PcrSelection all = PcrSelection.allOf(List.of(HashAlgorithm.SHA1));
        Nonce none = Nonce.insecureUnchecked();
        QuoteRefusedException tooWeak = assertThrows(
                QuoteRefusedException.class, () -> QuoteVerifier.verify(quote, key, none, values(log), all));
        assertEquals(List.of(QuoteFinding.SHA1_SIGNATURE), tooWeak.weaknesses());
        QuotedPcrs quoted =
                QuoteVerifier.verify(quote, key, none, values(log), all, Set.of(QuoteFinding.SHA1_SIGNATURE));
        assertEquals(
                Set.of(QuoteFinding.NONCE_NOT_CHECKED, QuoteFinding.SHA1_SIGNATURE, QuoteFinding.SHA1_BANK),
                quoted.findings().stream().collect(Collectors.toSet()));
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(quote, key, Nonce.of(Bytes.parseHex("00")), values(log), all));
        assertEquals(QuoteRefusal.NONCE_DIFFERS, refused.reason(), "it was made without a nonce");
    }

    @Test
    void aRealQuoteOverNoPcrIsSeenAsSuch() throws Exception {
        for (TestLog log : TestLogs.corpus()) {
            if (log.facts().has("quote")) {
                Attest attest = Attest.decode(hex(log.facts().get("quote"), "attest"));
                assertEquals(
                        OVER_NO_PCR.contains(log.name()),
                        SoftwareTpm.quoted(attest).pcrSelect().isEmpty(),
                        log.name());
            }
        }
    }
}
