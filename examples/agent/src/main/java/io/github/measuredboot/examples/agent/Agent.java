package io.github.measuredboot.examples.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.measuredboot.attest.CertificateFiles;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.agent.VerifierClient.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reports the boot of this machine to a verifier, again and again. It enrols the machine when the verifier does not know it. */
final class Agent {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /**
     * How an agent is configured.
     *
     * @param group the group to be enrolled in
     * @param name what the machine is called
     * @param firmwareLog the firmware's event log
     * @param userspaceLog systemd's log, if there is one
     * @param ekAuthorities certificates between that of the endorsement key and a root of the verifier
     */
    record Options(
            String group, String name, Path firmwareLog, Path userspaceLog, List<TpmCertificate> ekAuthorities) {}

    private final Options options;
    private final Tpm tpm;
    private final VerifierClient verifier;
    private final Consumer<String> out;
    private boolean hasKey;
    private JsonNode next = MissingNode.getInstance();

    Agent(Options options, Tpm tpm, VerifierClient verifier, Consumer<String> out) {
        this.options = options;
        this.tpm = tpm;
        this.verifier = verifier;
        this.out = out;
    }

    /** Reports until the thread is interrupted. */
    void run() throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(report().toMillis());
                wait = FIRST_WAIT;
            } catch (IOException e) {
                out.accept("trying again in " + wait.toSeconds() + " s: " + e.getMessage());
                hasKey = false;
                Thread.sleep(wait.toMillis());
                wait = wait.multipliedBy(2);
                wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            }
        }
    }

    /** {@return after reporting once, how long to wait before the next report} */
    Duration report() throws IOException, InterruptedException {
        if (!hasKey) {
            tpm.createAk();
            hasKey = true;
        }
        JsonNode outcome = report(takeNext());
        next = outcome.path("next");
        out.accept(outcome.get("status").asText() + ": "
                + outcome.get("outcome").asText() + " " + outcome.get("message").asText());
        return Duration.ofMillis(Math.max(1, next.path("intervalMillis").asLong()));
    }

    private JsonNode takeNext() {
        JsonNode taken = next;
        next = MissingNode.getInstance();
        return taken;
    }

    /** Answers the challenge that came with the verdict before; a new one if there is none, or if the verifier takes it no more. */
    private JsonNode report(JsonNode known) throws IOException, InterruptedException {
        if (!known.isMissingNode()) {
            try {
                return answer(known);
            } catch (RefusedException e) {
                if (!e.is("nonce-not-open") && !e.isUnknownMachine()) {
                    throw e;
                }
            }
        }
        return answer(challenge());
    }

    private JsonNode challenge() throws IOException, InterruptedException {
        try {
            return verifier.post("/v1/challenge", Map.of());
        } catch (RefusedException e) {
            if (!e.isUnknownMachine()) {
                throw e;
            }
            enrol();
            return verifier.post("/v1/challenge", Map.of());
        }
    }

    private JsonNode answer(JsonNode challenge) throws IOException, InterruptedException {
        String nonce = challenge.get("nonce").asText();
        Tpm.Quote quote = tpm.quote(challenge.get("pcrs").asText(), nonce);
        Logs logs = Logs.read(options.firmwareLog, options.userspaceLog);
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("nonce", nonce);
        evidence.put("attest", quote.attest());
        evidence.put("signature", quote.signature());
        evidence.put("pcrValues", quote.pcrValues());
        logs.addTo(evidence, false);
        try {
            return verifier.post("/v1/evidence", evidence);
        } catch (RefusedException e) {
            if (!e.is("log-unknown")) {
                throw e;
            }
            logs.addTo(evidence, true);
            return verifier.post("/v1/evidence", evidence);
        }
    }

    private void enrol() throws IOException, InterruptedException {
        tpm.createEk();
        JsonNode offer = verifier.post(
                "/v1/enrolment",
                Map.of(
                        "group", options.group,
                        "name", options.name,
                        "ekCertificates", ekCertificates(),
                        "ekPublic", tpm.ekPublic(),
                        "akPublic", tpm.akPublic()));
        byte[] secret = tpm.activate(offer.get("credential").binaryValue());
        JsonNode enrolled = verifier.post("/v1/enrolment/answer", Map.of("secret", secret));
        out.accept("enrolled as " + enrolled.get("machine").asText());
    }

    private List<byte[]> ekCertificates() throws IOException, InterruptedException {
        byte[] contents = tpm.ekCertificate();
        List<byte[]> chain = new ArrayList<>();
        if (contents.length > 0) {
            try {
                CertificateFiles.readNv(Bytes.wrap(contents))
                        .forEach(certificate -> chain.add(certificate.encoded().toByteArray()));
            } catch (MalformedDataException e) {
                out.accept("the certificate in the TPM cannot be read: " + e.getMessage());
            }
            options.ekAuthorities.forEach(
                    authority -> chain.add(authority.encoded().toByteArray()));
        }
        return chain;
    }
}
