package io.github.measuredboot.examples.verifier.testing;

import static io.github.measuredboot.examples.verifier.testing.Client.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.tpm.PcrSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A machine whose TPM is a pair of keys of this JVM. */
public final class SimulatedMachine implements AutoCloseable {
    private final ClientIdentity identity;
    private final Client client;
    private final SoftwareTpm tpm;
    private Boot boot;

    public SimulatedMachine(Path serverCertificate, int port, SoftwareTpm tpm, Boot boot) throws Exception {
        this.identity = ClientIdentity.create(serverCertificate);
        this.client = new Client(identity.context(), port);
        this.tpm = tpm;
        this.boot = boot;
    }

    public SoftwareTpm tpm() {
        return tpm;
    }

    public Client client() {
        return client;
    }

    public ClientIdentity identity() {
        return identity;
    }

    public Boot boot() {
        return boot;
    }

    public void reboot(Boot other) {
        boot = other;
        tpm.reset();
    }

    /** Another boot as far as the verifier can tell from PCRs and log, without a reset of the TPM. */
    public void become(Boot other) {
        boot = other;
    }

    public Client.Answer beginEnrolment(String group, String name) throws IOException {
        return client.post(
                "/v1/enrolment",
                Map.of(
                        "group", group,
                        "name", name,
                        "ekCertificates", List.of(),
                        "ekPublic", tpm.ekPublic(),
                        "akPublic", tpm.akPublic()));
    }

    /** Both steps; the id of the machine. */
    public String enrol(String group, String name) throws Exception {
        Client.Answer offer = beginEnrolment(group, name);
        if (offer.status() != 201) {
            throw new IllegalStateException(offer.toString());
        }
        byte[] secret = tpm.activate(offer.json().get("credential").binaryValue());
        Client.Answer enrolled = client.post("/v1/enrolment/answer", Map.of("secret", secret));
        if (enrolled.status() != 201) {
            throw new IllegalStateException(enrolled.toString());
        }
        return enrolled.json().get("machine").textValue();
    }

    public Client.Answer challenge() throws IOException {
        return client.post("/v1/challenge", "");
    }

    /** The evidence for a challenge, with the whole log. */
    public ObjectNode evidence(JsonNode challenge) throws Exception {
        return evidence(challenge, tpm);
    }

    public ObjectNode evidence(JsonNode challenge, SoftwareTpm signer) throws Exception {
        PcrSelection pcrs = PcrSelection.parse(challenge.get("pcrs").textValue());
        String nonce = challenge.get("nonce").textValue();
        SoftwareTpm.Quoted quoted =
                signer.quote(pcrs, boot.values(), HexFormat.of().parseHex(nonce));
        ObjectNode evidence = JSON.createObjectNode();
        evidence.put("nonce", nonce);
        evidence.putObject("log").put("sha256", sha256(boot.log())).put("content", boot.log());
        evidence.put("attest", quoted.attest());
        evidence.put("signature", quoted.signature());
        evidence.put("pcrValues", SoftwareTpm.values(pcrs, boot.values()));
        return evidence;
    }

    public static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    public Client.Answer send(JsonNode evidence) throws IOException {
        return client.post("/v1/evidence", evidence);
    }

    /** A challenge and its answer. */
    public JsonNode attest() throws Exception {
        Client.Answer challenge = challenge();
        if (challenge.status() != 201) {
            throw new IllegalStateException(challenge.toString());
        }
        Client.Answer answer = send(evidence(challenge.json()));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.json();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
