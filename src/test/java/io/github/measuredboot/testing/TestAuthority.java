package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.jspecify.annotations.Nullable;

/** An authority that issues certificates for keys of TPMs, with all the peculiarities that a test wants. */
public final class TestAuthority {
    public static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
    public static final Instant NOT_AFTER = Instant.parse("2040-01-01T00:00:00Z");
    public static final String EK = "2.23.133.8.1";
    public static final String AK = "2.23.133.8.3";

    /** The content of a certificate; changed field by field. */
    public static final class Spec {
        public X500Name subject = new X500Name("CN=subject");
        public BigInteger serial = BigInteger.valueOf(77);
        public Instant notBefore = NOT_BEFORE;
        public Instant notAfter = NOT_AFTER;
        public String keyOid = "";
        public String hash = "SHA256";
        public int version = 3;
        /** The algorithm that the signed part names, if it is another one. */
        public String innerHash = "";
        /** The identifier of the algorithm, in place of that of PKCS #1 v1.5, and what it signs with. */
        public @Nullable ASN1Encodable algorithm;

        public @Nullable PSSParameterSpec pss;
        public final Map<String, DERSequence> extensions = new LinkedHashMap<>();

        public Spec subject(String name) {
            subject = new X500Name(name);
            return this;
        }

        public Spec with(String oid, boolean critical, ASN1Encodable value) {
            ASN1EncodableVector extension = new ASN1EncodableVector();
            extension.add(new ASN1ObjectIdentifier(oid));
            if (critical) {
                extension.add(ASN1Boolean.TRUE);
            }
            extension.add(new DEROctetString(encoded(value)));
            extensions.put(oid, new DERSequence(extension));
            return this;
        }

        public Spec authority(int pathLength) {
            ASN1EncodableVector constraints = new ASN1EncodableVector();
            constraints.add(ASN1Boolean.TRUE);
            if (pathLength >= 0) {
                constraints.add(new ASN1Integer(pathLength));
            }
            return with("2.5.29.19", true, new DERSequence(constraints)).usage(0x06);
        }

        /** The bits of the key usage as they are in the first byte. */
        public Spec usage(int bits) {
            return with("2.5.29.15", true, new DERBitString(new byte[] {(byte) bits}, 0));
        }

        public Spec purpose(String oid) {
            return with("2.5.29.37", false, new DERSequence(new ASN1ObjectIdentifier(oid)));
        }

        /** Manufacturer, model and version, in one name with one or several relative names. */
        public Spec tpm(boolean critical, boolean oneSet, String manufacturer) {
            DERSequence[] attributes = {
                attribute("2.23.133.2.1", manufacturer),
                attribute("2.23.133.2.2", "model"),
                attribute("2.23.133.2.3", "id:00010002")
            };
            ASN1EncodableVector rdns = new ASN1EncodableVector();
            if (oneSet) {
                rdns.add(new DERSet(attributes));
            } else {
                for (DERSequence attribute : attributes) {
                    rdns.add(new DERSet(attribute));
                }
            }
            return with("2.5.29.17", critical, new DERSequence(new DERTaggedObject(true, 4, new DERSequence(rdns))));
        }

        private static DERSequence attribute(String oid, String value) {
            return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), new DERUTF8String(value)});
        }
    }

    private final X500Name name;
    private final KeyPair keys;
    private final Bytes certificate;

    private TestAuthority(X500Name name, KeyPair keys, Bytes certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static TestAuthority root(String name) {
        KeyPair keys = rsa(2048);
        X500Name x500 = new X500Name(name);
        return new TestAuthority(
                x500, keys, certificate(new Spec().subject(name).authority(-1), keys, x500, keys));
    }

    /** Below this one. */
    public TestAuthority authority(Spec spec) {
        KeyPair below = rsa(2048);
        return new TestAuthority(spec.subject, below, issue(spec, below));
    }

    /** One with the name and the key of this, and another certificate. */
    public TestAuthority named(String otherName) {
        return named(new X500Name(otherName));
    }

    public TestAuthority named(X500Name otherName) {
        return new TestAuthority(otherName, keys, certificate);
    }

    /** Another certificate for the key of this authority. */
    public Bytes certifiedBy(TestAuthority parent, Spec spec) {
        return parent.issue(spec, keys);
    }

    public Bytes certificate() {
        return certificate;
    }

    public Bytes issue(Spec spec, KeyPair subject) {
        return certificate(spec, subject, name, keys);
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ecc(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A list of revoked serial numbers. */
    public Bytes revoke(Instant thisUpdate, Instant nextUpdate, long... serials) {
        return revoke(new Spec(), thisUpdate, nextUpdate, serials);
    }

    /** The same with the extensions and the algorithm of a specification. */
    public Bytes revoke(Spec spec, Instant thisUpdate, Instant nextUpdate, long... serials) {
        ASN1EncodableVector entries = new ASN1EncodableVector();
        for (long serial : serials) {
            entries.add(
                    new DERSequence(new ASN1Encodable[] {new ASN1Integer(serial), new Time(Date.from(thisUpdate))}));
        }
        ASN1EncodableVector tbs = new ASN1EncodableVector();
        tbs.add(new ASN1Integer(1));
        tbs.add(innerAlgorithm(spec));
        tbs.add(name);
        tbs.add(new Time(Date.from(thisUpdate)));
        tbs.add(new Time(Date.from(nextUpdate)));
        if (entries.size() > 0) {
            tbs.add(new DERSequence(entries));
        }
        if (!spec.extensions.isEmpty()) {
            ASN1EncodableVector extensions = new ASN1EncodableVector();
            spec.extensions.values().forEach(extensions::add);
            tbs.add(new DERTaggedObject(true, 0, new DERSequence(extensions)));
        }
        return signed(new DERSequence(tbs), spec, keys);
    }

    private static Bytes certificate(Spec spec, KeyPair subject, X500Name issuer, KeyPair signer) {
        ASN1EncodableVector tbs = new ASN1EncodableVector();
        if (spec.version > 1) {
            tbs.add(new DERTaggedObject(true, 0, new ASN1Integer(spec.version - 1)));
        }
        tbs.add(new ASN1Integer(spec.serial));
        tbs.add(innerAlgorithm(spec));
        tbs.add(issuer);
        tbs.add(new DERSequence(new ASN1Encodable[] {
            new ASN1GeneralizedTime(Date.from(spec.notBefore)), new ASN1GeneralizedTime(Date.from(spec.notAfter))
        }));
        tbs.add(spec.subject);
        tbs.add(key(spec, subject));
        if (!spec.extensions.isEmpty()) {
            ASN1EncodableVector extensions = new ASN1EncodableVector();
            spec.extensions.values().forEach(extensions::add);
            tbs.add(new DERTaggedObject(true, 3, new DERSequence(extensions)));
        }
        return signed(new DERSequence(tbs), spec, signer);
    }

    private static ASN1Encodable key(Spec spec, KeyPair subject) {
        SubjectPublicKeyInfo info =
                SubjectPublicKeyInfo.getInstance(subject.getPublic().getEncoded());
        return spec.keyOid.isEmpty()
                ? info
                : new DERSequence(new ASN1Encodable[] {
                    new DERSequence(new ASN1ObjectIdentifier(spec.keyOid)), info.getPublicKeyData()
                });
    }

    private static DERSequence algorithm(String hash) {
        String oid = hash.equals("SHA1") ? "1.2.840.113549.1.1.5" : "1.2.840.113549.1.1.11";
        return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), DERNull.INSTANCE});
    }

    private static ASN1Encodable innerAlgorithm(Spec spec) {
        return spec.innerHash.isEmpty() ? outerAlgorithm(spec) : algorithm(spec.innerHash);
    }

    private static ASN1Encodable outerAlgorithm(Spec spec) {
        return spec.algorithm == null ? algorithm(spec.hash) : spec.algorithm;
    }

    private static Bytes signed(DERSequence tbs, Spec spec, KeyPair signer) {
        try {
            Signature signature = Signature.getInstance(spec.pss == null ? spec.hash + "withRSA" : "RSASSA-PSS");
            if (spec.pss != null) {
                signature.setParameter(spec.pss);
            }
            signature.initSign(signer.getPrivate());
            signature.update(encoded(tbs));
            ASN1Encodable[] parts = {tbs, outerAlgorithm(spec), new DERBitString(signature.sign())};
            return Bytes.wrap(encoded(new DERSequence(parts)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificates one after the other. */
    public static Bytes concatenated(List<Bytes> parts) {
        return Bytes.parseHex(String.join("", parts.stream().map(Bytes::toHex).toList()));
    }
}
