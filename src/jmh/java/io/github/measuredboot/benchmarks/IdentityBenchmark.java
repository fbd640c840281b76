package io.github.measuredboot.benchmarks;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CertificateVerifier;
import io.github.measuredboot.attest.CredentialBlob;
import io.github.measuredboot.attest.EkTemplate;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestAuthority.Spec;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Credentials and chains of endorsement certificates, and the cryptography of the JDK that they cannot do without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class IdentityBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Bytes NAME = Bytes.parseHex("000b" + "11".repeat(32));
    private static final Bytes SECRET = Bytes.parseHex("22".repeat(32));
    private static final int SIGNATURES = 2;

    @Param({"rsa", "ecc"})
    String kind = "";

    private final SecureRandom random = new SecureRandom();
    private KeyPair keys = TestAuthority.rsa(2048);
    private EndorsementKey key = endorsementKey(EkTemplate.L1, keys.getPublic());
    private Bytes leaf = Bytes.EMPTY;
    private TpmCertificate certificate = chain().get(0);
    private CertificateVerifier verifier = CertificateVerifier.trusting(List.of());
    private byte[] message = {};
    private byte[] signature = {};
    private PublicKey bareKey = keys.getPublic();

    /** Makes a key of the kind and its chain. */
    @Setup
    public void load() throws GeneralSecurityException {
        boolean isRsa = kind.equals("rsa");
        keys = isRsa ? TestAuthority.rsa(2048) : TestAuthority.ecc("secp256r1");
        key = endorsementKey(isRsa ? EkTemplate.L1 : EkTemplate.L2, keys.getPublic());
        List<TpmCertificate> chain = chain();
        certificate = chain.get(0);
        leaf = certificate.encoded();
        verifier = CertificateVerifier.trusting(List.of(chain.get(2))).withIntermediates(List.of(chain.get(1)));
        message = leaf.slice(0, leaf.length() - 280).toByteArray();
        KeyPair signer = TestAuthority.rsa(2048);
        Signature signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(signer.getPrivate());
        signing.update(message);
        signature = signing.sign();
        bareKey = signer.getPublic();
    }

    private List<TpmCertificate> chain() {
        TestAuthority root = TestAuthority.root("CN=root");
        TestAuthority middle = root.authority(new Spec().subject("CN=middle").authority(0));
        Spec spec = new Spec()
                .purpose(TestAuthority.EK)
                .usage(keys.getPublic() instanceof ECPublicKey ? 0x08 : 0x20)
                .tpm(true, true, "id:49465800");
        return List.of(decode(middle.issue(spec, keys)), decode(middle.certificate()), decode(root.certificate()));
    }

    private static TpmCertificate decode(Bytes der) {
        try {
            return TpmCertificate.decode(der);
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EndorsementKey endorsementKey(EkTemplate template, PublicKey key) {
        try {
            return EndorsementKey.of(template.publicArea(key).orElseThrow());
        } catch (MalformedDataException | AttestationRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A credential.
     *
     * @return the file
     */
    @Benchmark
    public CredentialBlob makeCredential() throws AttestationRefusedException {
        return key.makeCredential(NAME, SECRET, random);
    }

    /**
     * The encryption of the seed, and HMAC and AES, by the JDK.
     *
     * @return what it gives
     */
    @Benchmark
    public byte[] bareCredential() throws GeneralSecurityException {
        byte[] seed = new byte[32];
        byte[] sent;
        if (kind.equals("rsa")) {
            random.nextBytes(seed);
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
            rsa.init(
                    Cipher.ENCRYPT_MODE,
                    keys.getPublic(),
                    new OAEPParameterSpec(
                            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(new byte[9])),
                    random);
            sent = rsa.doFinal(seed);
        } else {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(((ECPublicKey) keys.getPublic()).getParams(), random);
            KeyPair ephemeral = generator.generateKeyPair();
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeral.getPrivate());
            agreement.doPhase(keys.getPublic(), true);
            seed = MessageDigest.getInstance("SHA-256").digest(agreement.generateSecret());
            sent = ephemeral.getPublic().getEncoded();
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        for (int i = 0; i < 3; i++) {
            mac.init(new SecretKeySpec(seed, "HMAC"));
            mac.update(sent);
            seed = mac.doFinal();
        }
        Cipher aes = Cipher.getInstance("AES/CFB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, 0, 16, "AES"), new IvParameterSpec(new byte[16]));
        return aes.doFinal(seed);
    }

    /**
     * A chain of three certificates that were read before.
     *
     * @return the chain
     */
    @Benchmark
    public VerifiedCertificate verifyChain() throws AttestationRefusedException {
        return verifier.verify(certificate, TpmCertificate.Purpose.ENDORSEMENT_KEY, NOW);
    }

    /**
     * The same from the bytes of the certificate of the endorsement key.
     *
     * @return the chain
     */
    @Benchmark
    public VerifiedCertificate readAndVerifyChain() throws AttestationRefusedException, MalformedDataException {
        return verifier.verify(TpmCertificate.decode(leaf), TpmCertificate.Purpose.ENDORSEMENT_KEY, NOW);
    }

    /**
     * The two signatures of such a chain, RSA 2048 with SHA-256.
     *
     * @return whether they are good
     */
    @Benchmark
    public boolean bareSignatureChecks() throws GeneralSecurityException {
        for (int i = 0; i < SIGNATURES; i++) {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(bareKey);
            check.update(message);
            if (!check.verify(signature)) {
                throw new IllegalStateException("the comparison is worth nothing");
            }
        }
        return true;
    }
}
