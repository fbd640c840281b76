package io.github.measuredboot.examples.verifier.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;

/** A TLS client: with a certificate that it made itself, or with none. */
public record ClientIdentity(SSLContext context, String sha256) {
    private static final char[] NO_PASSWORD = new char[0];

    public static ClientIdentity none(Path serverCertificate) throws Exception {
        return new ClientIdentity(context(new KeyManager[0], serverCertificate), "");
    }

    public static ClientIdentity create(Path serverCertificate) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        byte[] der = selfSigned(key);
        Certificate certificate =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        KeyStore keys = KeyStore.getInstance("JKS"); // in memory alone: PKCS12 hashes the password for long
        keys.load(null, NO_PASSWORD);
        keys.setKeyEntry("key", key.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NO_PASSWORD);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(der);
        return new ClientIdentity(
                context(managers.getKeyManagers(), serverCertificate),
                HexFormat.of().formatHex(hash));
    }

    private static SSLContext context(KeyManager[] keys, Path serverCertificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, NO_PASSWORD);
        try (InputStream in = Files.newInputStream(serverCertificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, managers.getTrustManagers(), null);
        return context;
    }

    private static byte[] selfSigned(KeyPair key) throws Exception {
        X500Name name = new X500Name("CN=machine");
        ASN1Encodable algorithm = new DERSequence(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));
        long now = System.currentTimeMillis();
        DERSequence validity = new DERSequence(new ASN1Encodable[] {
            new Time(new Date(now - 86_400_000)), new Time(new Date(now + 86_400_000)),
        });
        DERSequence tbs = new DERSequence(new ASN1Encodable[] {
            new DERTaggedObject(true, 0, new ASN1Integer(2)),
            new ASN1Integer(new BigInteger(64, new SecureRandom())),
            algorithm,
            name,
            validity,
            name,
            SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()),
        });
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(tbs.getEncoded("DER"));
        return new DERSequence(new ASN1Encodable[] {tbs, algorithm, new DERBitString(signature.sign())})
                .getEncoded("DER");
    }
}
