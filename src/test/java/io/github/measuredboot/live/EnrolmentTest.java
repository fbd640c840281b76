package io.github.measuredboot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CertificateFiles;
import io.github.measuredboot.attest.CertificateVerifier;
import io.github.measuredboot.attest.CredentialBlob;
import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EkTemplate;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.Tpm2Tools;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestVerifier;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.CreationData;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.TpmSignature;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** From the certificate of the local authority of swtpm to a quote, with a TPM that opens what the library encrypts. */
class EnrolmentTest {
    private static final Path LOG = Path.of("testdata/boots/uki-direct/eventlog.bin");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.now().plusSeconds(600);
    private static final Nonce NONCE = Nonce.of(Bytes.parseHex("00112233445566778899aabbccddeeff"));

    /** An endorsement key, and the NV index with its certificate, if swtpm makes one. */
    private record Ek(String algorithm, EkTemplate template, String certificateIndex) {}

    private static final List<Ek> EKS = List.of(
            new Ek("rsa", EkTemplate.L1, "0x01c00002"),
            new Ek("ecc", EkTemplate.L2, ""),
            new Ek("ecc384", EkTemplate.H3, "0x01c00016"));

    private static Tpm2Tools start(Path folder) throws Exception {
        Tpm2Tools tools = Tpm2Tools.require(
                folder, "swtpm", "swtpm_setup", "swtpm_localca", "tpm2_createek", "tpm2_activatecredential");
        tools.startManufacturedEmulator();
        tools.run("tpm2_startup", "--clear");
        return tools;
    }

    private static EndorsementKey createEk(Tpm2Tools tools, Ek ek) throws Exception {
        tools.run("tpm2_createek", "-G", ek.algorithm, "-c", ek.algorithm + ".ctx", "-u", ek.algorithm + ".pub");
        tools.run("tpm2_flushcontext", "-t");
        EndorsementKey key = EndorsementKey.of(PublicArea.decode(tools.read(ek.algorithm + ".pub")));
        assertEquals(ek.template, key.template().orElseThrow());
        return key;
    }

    private static AttestationKey createAk(Tpm2Tools tools, Ek ek, String name) throws Exception {
        tools.run(
                "tpm2_createak",
                "-C",
                ek.algorithm + ".ctx",
                "-c",
                name + ".ctx",
                "-G",
                "ecc",
                "-g",
                "sha256",
                "-s",
                "ecdsa",
                "-u",
                name + ".pub");
        tools.run("tpm2_flushcontext", "-t");
        return AttestationKey.decode(tools.read(name + ".pub"));
    }

    private static List<TpmCertificate> certificate(Tpm2Tools tools, String index) throws Exception {
        tools.run("tpm2_nvread", "-C", "o", index, "-o", "certificate.bin");
        return CertificateFiles.readNv(tools.read("certificate.bin"));
    }

    private static CertificateVerifier verifier(Tpm2Tools tools) throws Exception {
        return CertificateVerifier.trusting(CertificateFiles.read(tools.path("ca/swtpm-localca-rootca-cert.pem")))
                .withIntermediates(CertificateFiles.read(tools.path("ca/issuercert.pem")));
    }

    private static VerifiedCertificate verified(Tpm2Tools tools, String index) throws Exception {
        return verifier(tools).verify(certificate(tools, index).get(0), TpmCertificate.Purpose.ENDORSEMENT_KEY, NOW);
    }

    /** What the TPM makes of a credential; empty if it refuses. */
    private static Bytes activate(Tpm2Tools tools, Ek ek, String ak, CredentialBlob blob) throws Exception {
        tools.write("blob", blob.encode());
        tools.write("answer", Bytes.EMPTY);
        Tpm2Tools.Result result;
        if (ek.template == EkTemplate.L1 || ek.template == EkTemplate.L2) {
            tools.run("tpm2_startauthsession", "--policy-session", "-S", "session.ctx");
            tools.run("tpm2_policysecret", "-S", "session.ctx", "-c", "e");
            result = activate(tools, ek, ak, "-P", "session:session.ctx");
            tools.run("tpm2_flushcontext", "session.ctx");
        } else {
            result = activate(tools, ek, ak);
        }
        tools.run("tpm2_flushcontext", "-t");
        return result.isSuccess() ? tools.read("answer") : Bytes.EMPTY;
    }

    private static Tpm2Tools.Result activate(Tpm2Tools tools, Ek ek, String ak, String... session) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "tpm2_activatecredential",
                "-c",
                ak + ".ctx",
                "-C",
                ek.algorithm + ".ctx",
                "-i",
                "blob",
                "-o",
                "answer"));
        command.addAll(List.of(session));
        return tools.tryToRun(command.toArray(String[]::new));
    }

    private static AttestationRefusal refusal(Executable check) {
        return assertThrows(AttestationRefusedException.class, check).reason();
    }

    @Test
    void eachKindOfEndorsementKeyOpensTheCredential(@TempDir Path folder) throws Exception {
        try (Tpm2Tools tools = start(folder)) {
            for (Ek ek : EKS) {
                EndorsementKey key = createEk(tools, ek);
                AttestationKey ak = createAk(tools, ek, "ak");
                CredentialChallenge.Issued issued = CredentialChallenge.issue(key, ak, RANDOM, NOW.plusSeconds(60));
                Bytes answer = activate(tools, ek, "ak", issued.credential());
                issued.challenge().requireAnswer(answer, NOW);
                assertEquals(
                        AttestationRefusal.EXPIRED,
                        refusal(() -> issued.challenge().requireAnswer(answer, NOW.plusSeconds(60))));
                byte[] changed = answer.toByteArray();
                changed[7] ^= 1;
                assertEquals(
                        AttestationRefusal.ANSWER_WRONG,
                        refusal(() -> issued.challenge().requireAnswer(Bytes.wrap(changed), NOW)));
                refusedByTheTpm(tools, ek, key, ak, issued);
            }
        }
    }

    /** Keys with the attributes of an endorsement key, of each curve and with each hash algorithm for names that swtpm has. */
    @Test
    void eachHashAlgorithmOfNamesIsOneOfCredentials(@TempDir Path folder) throws Exception {
        try (Tpm2Tools tools = start(folder)) {
            List<String> kinds =
                    List.of("rsa2048:aes128cfb", "rsa3072:aes256cfb", "ecc256:aes256cfb", "ecc521:aes256cfb");
            for (String kind : kinds) {
                for (String hash : List.of("sha1", "sha256", "sha384", "sha512")) {
                    tools.run(
                            "tpm2_createprimary",
                            "-C",
                            "e",
                            "-G",
                            kind,
                            "-g",
                            hash,
                            "-c",
                            "any.ctx",
                            "-a",
                            "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|adminwithpolicy|restricted|decrypt");
                    tools.run("tpm2_flushcontext", "-t");
                    tools.run("tpm2_readpublic", "-c", "any.ctx", "-o", "any.pub");
                    tools.run("tpm2_flushcontext", "-t");
                    EndorsementKey key = EndorsementKey.of(PublicArea.decode(tools.read("any.pub")));
                    assertTrue(key.template().isEmpty());
                    tools.run(
                            "tpm2_createprimary",
                            "-C",
                            "o",
                            "-G",
                            "ecc:ecdsa-sha256:null",
                            "-g",
                            hash.equals("sha1") ? "sha256" : hash,
                            "-c",
                            "ak.ctx",
                            "-a",
                            "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign");
                    tools.run("tpm2_flushcontext", "-t");
                    tools.run("tpm2_readpublic", "-c", "ak.ctx", "-o", "ak.pub");
                    tools.run("tpm2_flushcontext", "-t");
                    AttestationKey ak = AttestationKey.decode(tools.read("ak.pub"));
                    CredentialChallenge.Issued issued = CredentialChallenge.issue(key, ak, RANDOM, NOW.plusSeconds(60));
                    Bytes answer = activate(tools, new Ek("any", EkTemplate.H1, ""), "ak", issued.credential());
                    issued.challenge().requireAnswer(answer, NOW);
                }
            }
        }
    }

    private static void refusedByTheTpm(
            Tpm2Tools tools, Ek ek, EndorsementKey key, AttestationKey ak, CredentialChallenge.Issued issued)
            throws Exception {
        CredentialBlob blob = issued.credential();
        byte[] idObject = blob.idObject().toByteArray();
        idObject[idObject.length - 1] ^= 1;
        assertTrue(activate(tools, ek, "ak", new CredentialBlob(Bytes.wrap(idObject), blob.encryptedSecret()))
                .isEmpty());
        byte[] seed = blob.encryptedSecret().toByteArray();
        seed[seed.length - 1] ^= 1;
        assertTrue(activate(tools, ek, "ak", new CredentialBlob(blob.idObject(), Bytes.wrap(seed)))
                .isEmpty());
        createAk(tools, ek, "other");
        assertTrue(activate(tools, ek, "other", blob).isEmpty(), "the blob is for another name");
        CredentialBlob forNoKey = key.makeCredential(
                Bytes.parseHex("000b" + "00".repeat(32)),
                ak.name().orElseThrow().slice(0, 16),
                RANDOM);
        assertTrue(activate(tools, ek, "ak", forNoKey).isEmpty());
    }

    @Test
    void fromTheCertificateToTheQuote(@TempDir Path folder) throws Exception {
        try (Tpm2Tools tools = start(folder)) {
            for (Ek ek : List.of(EKS.get(0), EKS.get(2))) {
                VerifiedCertificate certificate = verified(tools, ek.certificateIndex);
                assertEquals(
                        "id:00001014", certificate.certificate().manufacturer().orElseThrow());
                assertEquals(3, certificate.chain().size());
                EndorsementKey key = createEk(tools, ek);
                assertEquals(
                        key.publicArea(),
                        EndorsementKey.of(certificate, ek.template).publicArea(),
                        "the certificate and the template give the public area");
                AttestationKey ak = createAk(tools, ek, "ak");
                CredentialChallenge.Issued issued = CredentialChallenge.issue(key, ak, RANDOM, NOW.plusSeconds(60));
                Bytes answer = activate(tools, ek, "ak", issued.credential());
                CredentialChallenge stored =
                        CredentialChallenge.decode(issued.challenge().encode());
                KeyIdentity identity = KeyIdentity.byEndorsementKey(stored, answer, NOW, key, certificate, ak);
                assertEquals(IdentityLevel.PROVED_BY_EK, identity.level());
                quoteIsProved(tools, identity);
                anotherTpmIsRefused(tools, ek, stored, answer, key, certificate, ak);
            }
            certifiedKeys(tools, KeyIdentity.asserted(createAk(tools, EKS.get(0), "ak")));
        }
    }

    private static void quoteIsProved(Tpm2Tools tools, KeyIdentity identity) throws Exception {
        tools.run(
                "tpm2_quote",
                "-c",
                "ak.ctx",
                "-l",
                "sha256:0,1,2,3,4,5,6,7",
                "-q",
                NONCE.toString(),
                "-m",
                "attest",
                "-s",
                "signature");
        tools.run("tpm2_flushcontext", "-t");
        PcrSelection selection = PcrSelection.parse("sha256:0,1,2,3,4,5,6,7");
        PcrValues values = PcrValues.parsePcrread(tools.run("tpm2_pcrread", "sha256:0,1,2,3,4,5,6,7"));
        Quote quote = Quote.decode(tools.read("attest"), tools.read("signature"));
        assertTrue(QuoteVerifier.verify(quote, identity.key(), NONCE, values, selection)
                .isFresh());
        ReplayedLog replayed = Evidence.of(Replay.of(EventLog.read(LOG)))
                .withValues(values)
                .withQuote(quote, identity, NONCE)
                .evaluate();
        assertEquals(IdentityLevel.PROVED_BY_EK, replayed.signer().orElseThrow().level());
        assertEquals(
                IdentityLevel.ASSERTED,
                Evidence.of(replayed.replay())
                        .withValues(values)
                        .withQuote(quote, identity.key(), NONCE)
                        .evaluate()
                        .signer()
                        .orElseThrow()
                        .level());
    }

    private static void anotherTpmIsRefused(
            Tpm2Tools tools,
            Ek ek,
            CredentialChallenge challenge,
            Bytes answer,
            EndorsementKey key,
            VerifiedCertificate certificate,
            AttestationKey ak)
            throws Exception {
        AttestationKey otherAk = createAk(tools, ek, "second");
        assertEquals(
                AttestationRefusal.NAME_DIFFERS,
                refusal(() -> KeyIdentity.byEndorsementKey(challenge, answer, NOW, key, certificate, otherAk)),
                "an answer for another key");
        Ek otherEk = EKS.get(ek.template == EkTemplate.L1 ? 2 : 0);
        VerifiedCertificate otherCertificate = verified(tools, otherEk.certificateIndex);
        assertEquals(
                AttestationRefusal.KEY_DIFFERS,
                refusal(() -> KeyIdentity.byEndorsementKey(challenge, answer, NOW, key, otherCertificate, ak)),
                "a certificate for another endorsement key");
        assertEquals(AttestationRefusal.KEY_DIFFERS, refusal(() -> EndorsementKey.of(otherCertificate, ek.template)));
        assertEquals(
                AttestationRefusal.ANSWER_WRONG,
                refusal(() -> KeyIdentity.byEndorsementKey(challenge, answer.from(1), NOW, key, certificate, ak)));
        assertEquals(AttestationRefusal.PURPOSE_DIFFERS, refusal(() -> KeyIdentity.byCertificate(ak, certificate)));
    }

    /** Another key of the TPM, certified by the attestation key. */
    private static void certifiedKeys(Tpm2Tools tools, KeyIdentity signer) throws Exception {
        tools.run("tpm2_createprimary", "-C", "o", "-G", "ecc", "-c", "parent.ctx");
        tools.run(
                "tpm2_create",
                "-C",
                "parent.ctx",
                "-G",
                "ecc:ecdsa-sha256:null",
                "-a",
                "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign",
                "-u",
                "key.pub",
                "-r",
                "key.priv",
                "--creation-data",
                "key.cd",
                "-d",
                "key.ch",
                "-t",
                "key.ticket");
        tools.run("tpm2_flushcontext", "-t");
        tools.run("tpm2_load", "-C", "parent.ctx", "-u", "key.pub", "-r", "key.priv", "-c", "key.ctx");
        AttestationKey key = AttestationKey.decode(tools.read("key.pub"));
        tools.run("tpm2_flushcontext", "-t");
        tools.run(
                "tpm2_certify", "-c", "key.ctx", "-C", "ak.ctx", "-g", "sha256", "-o", "certify", "-s", "certify.sig");
        tools.run("tpm2_flushcontext", "-t");
        VerifiedAttest<Attested.Certify> certified = AttestVerifier.verify(
                Attest.decode(tools.read("certify")),
                TpmSignature.decode(tools.read("certify.sig")),
                Attested.Certify.class,
                signer.key(),
                Nonce.insecureUnchecked());
        assertEquals(
                IdentityLevel.ASSERTED,
                KeyIdentity.byCertify(certified, signer, key).level());
        assertEquals(
                AttestationRefusal.NAME_DIFFERS, refusal(() -> KeyIdentity.byCertify(certified, signer, signer.key())));
        assertEquals(
                AttestationRefusal.KEY_DIFFERS,
                refusal(() -> KeyIdentity.byCertify(certified, KeyIdentity.asserted(key), key)));
        tools.run(
                "tpm2_certifycreation",
                "-C",
                "ak.ctx",
                "-c",
                "key.ctx",
                "-d",
                "key.ch",
                "-t",
                "key.ticket",
                "-g",
                "sha256",
                "-o",
                "creation.sig",
                "--attestation",
                "creation",
                "-f",
                "tss",
                "-s",
                "ecdsa");
        tools.run("tpm2_flushcontext", "-t");
        VerifiedAttest<Attested.Creation> created = AttestVerifier.verify(
                Attest.decode(tools.read("creation")),
                TpmSignature.decode(tools.read("creation.sig")),
                Attested.Creation.class,
                signer.key(),
                Nonce.insecureUnchecked());
        CreationData creation = CreationData.decode(tools.read("key.cd"));
        assertEquals(
                IdentityLevel.ASSERTED,
                KeyIdentity.byCertifyCreation(created, creation, signer, key).level());
        CreationData other = new CreationData(
                creation.pcrSelect(),
                creation.pcrDigest(),
                creation.locality(),
                creation.parentNameAlg(),
                creation.parentName(),
                creation.parentQualifiedName(),
                Bytes.parseHex("01"));
        assertEquals(
                AttestationRefusal.CREATION_DIFFERS,
                refusal(() -> KeyIdentity.byCertifyCreation(created, other, signer, key)));
        created.requireSameBootAs(certified);
    }
}
