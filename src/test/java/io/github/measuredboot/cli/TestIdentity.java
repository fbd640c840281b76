package io.github.measuredboot.cli;

import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EkTemplate;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.GoogleInstance;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.SystemdReportMaker;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestAuthority.Spec;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;

/** Files of a machine that enrols, in a folder. */
record TestIdentity(Path folder) {
    static TestIdentity in(Path folder) throws Exception {
        TestIdentity identity = new TestIdentity(folder);
        TestAuthority root = TestAuthority.root("CN=root");
        KeyPair pair = TestAuthority.rsa(2048);
        Spec spec = new Spec().purpose(TestAuthority.EK).usage(0x20).tpm(true, true, "id:49465800");
        spec.subject = new X500Name("CN=ek");
        spec.with(
                GoogleInstance.EXTENSION,
                false,
                sequence(
                        new DERUTF8String("zone"),
                        new ASN1Integer(1),
                        new DERUTF8String("project"),
                        new ASN1Integer(2),
                        new DERUTF8String("name"),
                        new DERTaggedObject(true, 0, sequence(new DERTaggedObject(true, 1, ASN1Boolean.TRUE)))));
        ASN1Encodable specification = sequence(new DERUTF8String("2.0"), new ASN1Integer(0), new ASN1Integer(138));
        spec.with(
                "2.5.29.9",
                false,
                sequence(sequence(new ASN1ObjectIdentifier("2.23.133.2.16"), new DERSet(specification))));
        identity.write("roots.der", root.certificate());
        identity.write("ek.der", root.issue(spec, pair));
        EndorsementKey ek =
                EndorsementKey.of(EkTemplate.L1.publicArea(pair.getPublic()).orElseThrow());
        SoftwareTpm ak = SoftwareTpm.p256();
        identity.write("ek.pub", ek.publicArea().encode());
        identity.write("ak.pub", ak.publicArea().encode());
        CredentialChallenge challenge = CredentialChallenge.issue(
                        ek, ak.key(), new SecureRandom(), Instant.now().plusSeconds(3600))
                .challenge();
        byte[] stored = challenge.encode().toByteArray();
        Bytes answer = Bytes.parseHex("33".repeat(32));
        System.arraycopy(
                HashAlgorithm.SHA256.hash(answer).orElseThrow().toByteArray(), 0, stored, stored.length - 40, 32);
        identity.write("challenge.bin", Bytes.wrap(stored));
        identity.write("answer.bin", answer);
        identity.write("wrong.bin", answer.from(1));
        identity.write("report.seq", SystemdReportMaker.standard().make());
        for (Attested attested : List.of(
                new Attested.Creation(Bytes.EMPTY, Bytes.EMPTY),
                new Attested.Certify(Bytes.EMPTY, Bytes.EMPTY),
                new Attested.Nv(Bytes.EMPTY, 0, Bytes.EMPTY),
                new Attested.NvDigest(Bytes.EMPTY, Bytes.EMPTY),
                new Attested.Time(1, new Attest.ClockInfo(1, 1, 1, true), 1),
                new Attested.CommandAudit(1, HashAlgorithm.SHA256.id(), Bytes.EMPTY, Bytes.EMPTY),
                new Attested.SessionAudit(true, Bytes.EMPTY))) {
            Attest attest = new Attest(Bytes.EMPTY, Bytes.EMPTY, new Attest.ClockInfo(1, 1, 1, true), 1, attested);
            identity.write(AttestedText.id(attested), attest.encode());
        }
        return identity;
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }

    String statement(String id) {
        return file(id);
    }

    private void write(String name, Bytes bytes) throws Exception {
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    String certificate() {
        return file("ek.der");
    }

    String roots() {
        return file("roots.der");
    }

    String ek() {
        return file("ek.pub");
    }

    String ak() {
        return file("ak.pub");
    }

    String systemdReport() {
        return file("report.seq");
    }

    List<String> check() {
        return check("answer.bin");
    }

    List<String> checkOfAnotherAnswer() {
        return check("wrong.bin");
    }

    private List<String> check(String answer) {
        return List.of(
                "credential",
                "check",
                "--challenge",
                file("challenge.bin"),
                "--answer",
                file(answer),
                "--ek",
                ek(),
                "--ak",
                ak(),
                "--ek-certificate",
                certificate(),
                "--roots",
                roots());
    }
}
