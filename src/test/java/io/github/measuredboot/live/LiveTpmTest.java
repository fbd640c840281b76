package io.github.measuredboot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.Tpm2Tools;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TPM emulator is extended by a captured log and quotes its PCRs, and the library verifies what it says. */
class LiveTpmTest {
    private static final Path LOG = Path.of("testdata/boots/uki-direct/eventlog.bin");
    private static final String ALL_BANKS = "sha1:all+sha256:all+sha384:all+sha512:all";
    private static final Bytes ENDORSEMENT_HIERARCHY = Bytes.parseHex("4000000b");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("qualified name: ([0-9a-f]+)");

    private record Ak(String name, String keyAlgorithm, String scheme, String hash) {}

    private static final List<Ak> KEYS = List.of(
            new Ak("rsassa", "rsa", "rsassa", "sha256"),
            new Ak("rsassa-sha384", "rsa", "rsassa", "sha384"),
            new Ak("rsapss", "rsa", "rsapss", "sha256"),
            new Ak("rsapss-sha512", "rsa", "rsapss", "sha512"),
            new Ak("ecdsa", "ecc", "ecdsa", "sha256"),
            new Ak("ecdsa-p384", "ecc384", "ecdsa", "sha384"));

    @Test
    void quotesOfALiveTpmProveTheLogThatItWasExtendedBy(@TempDir Path folder) throws Exception {
        try (Tpm2Tools tools =
                Tpm2Tools.require(folder, "swtpm", "tpm2_startup", "tpm2_createek", "tpm2_createak", "tpm2_quote")) {
            tools.startEmulator();
            tools.run("tpm2_startup", "--clear");
            Replay replay = Replay.of(EventLog.read(LOG));
            extend(tools, replay.log());
            PcrValues values = PcrValues.parsePcrread(tools.run("tpm2_pcrread", ALL_BANKS));
            assertTrue(replay.compareWith(values).accountsForAllValues());

            tools.run("tpm2_createek", "-c", "ek.ctx", "-G", "rsa", "-u", "ek.pub");
            tools.run("tpm2_flushcontext", "-t");
            for (Ak ak : KEYS) {
                AttestationKey key = create(tools, ak);
                String nonce = "00112233445566778899aabbccddee" + Integer.toHexString(0x10 + KEYS.indexOf(ak));
                PcrSelection selection = PcrSelection.parse("sha1:0,7+sha256:0-11,16,17");
                Evidence evidence = Evidence.of(replay)
                        .withValues(values)
                        .withQuote(quote(tools, ak, selection, nonce), key, Nonce.of(Bytes.parseHex(nonce)))
                        .forPcrs(selection);
                ReplayedLog replayed = evidence.evaluate();
                assertTrue(replayed.provesAll(selection), ak + ": " + replayed.comparisons());
                replayed.quoted().orElseThrow().requireNone(EnumSet.complementOf(EnumSet.of(QuoteFinding.SHA1_BANK)));
                QuoteRefusedException refused = assertThrows(
                        QuoteRefusedException.class,
                        () -> evidence.withQuote(
                                        quote(tools, ak, selection, "99"), key, Nonce.of(Bytes.parseHex(nonce)))
                                .evaluate());
                assertEquals(QuoteRefusal.NONCE_DIFFERS, refused.reason());
            }
            anotherExtendIsSeen(tools, replay, values);
        }
    }

    private static void extend(Tpm2Tools tools, EventLog log) throws Exception {
        for (Event event : log.events()) {
            if (!event.claimedType().equals(EventType.EV_NO_ACTION)) {
                String digests = event.digests().stream()
                        .map(digest -> digest.algorithm() + "=" + digest.value().toHex())
                        .collect(Collectors.joining(","));
                tools.run("tpm2_pcrextend", event.pcrIndex() + ":" + digests);
            }
        }
    }

    /** The qualified name is computed from the public areas of both keys, and is what the TPM says. */
    private static AttestationKey create(Tpm2Tools tools, Ak ak) throws Exception {
        String printed = tools.run(
                "tpm2_createak",
                "-C",
                "ek.ctx",
                "-c",
                ak.name + ".ctx",
                "-G",
                ak.keyAlgorithm,
                "-s",
                ak.scheme,
                "-g",
                ak.hash,
                "-u",
                ak.name + ".pub",
                "-f",
                "tss",
                "-n",
                ak.name + ".name");
        tools.run("tpm2_flushcontext", "-t");
        PublicArea publicArea = PublicArea.decode(tools.read(ak.name + ".pub"));
        Bytes ekName = PublicArea.decode(tools.read("ek.pub"))
                .qualifiedName(ENDORSEMENT_HIERARCHY)
                .orElseThrow();
        Bytes qualifiedName = publicArea.qualifiedName(ekName).orElseThrow();
        Matcher told = QUALIFIED_NAME.matcher(printed);
        assertTrue(told.find(), printed);
        assertEquals(told.group(1), qualifiedName.toHex());
        return AttestationKey.of(publicArea)
                .requireName(tools.read(ak.name + ".name"))
                .withQualifiedName(qualifiedName);
    }

    private static Quote quote(Tpm2Tools tools, Ak ak, PcrSelection selection, String nonce) throws Exception {
        tools.run(
                "tpm2_quote",
                "-c",
                ak.name + ".ctx",
                "-l",
                selection.toString(),
                "-q",
                nonce,
                "-g",
                ak.hash,
                "--scheme",
                ak.scheme,
                "-m",
                "attest",
                "-s",
                "signature");
        tools.run("tpm2_flushcontext", "-t");
        return Quote.decode(tools.read("attest"), tools.read("signature"));
    }

    private static void anotherExtendIsSeen(Tpm2Tools tools, Replay replay, PcrValues before) throws Exception {
        Ak ak = KEYS.get(0);
        PcrSelection selection = PcrSelection.parse("sha256:0-7");
        AttestationKey key = AttestationKey.decode(tools.read(ak.name + ".pub"));
        tools.run("tpm2_pcrextend", "7:sha256=" + "01".repeat(32));
        String nonce = "aa".repeat(16);
        Evidence late = Evidence.of(replay)
                .withQuote(quote(tools, ak, selection, nonce), key, Nonce.of(Bytes.parseHex(nonce)))
                .forPcrs(selection);
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class, () -> late.withValues(before).evaluate());
        assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refused.reason());
        PcrValues after = PcrValues.parsePcrread(tools.run("tpm2_pcrread", ALL_BANKS));
        ReplayedLog replayed = late.withValues(after).evaluate();
        assertFalse(replayed.provesAll(selection));
        assertTrue(replayed.provesAll(PcrSelection.parse("sha256:0-6")));
        assertEquals(
                List.of(7),
                replayed.comparisons().stream()
                        .filter(comparison -> comparison.status() == PcrStatus.DIFFERS)
                        .map(comparison -> comparison.pcr())
                        .toList());
    }
}
