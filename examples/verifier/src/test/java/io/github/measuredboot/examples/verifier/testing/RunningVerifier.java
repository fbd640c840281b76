package io.github.measuredboot.examples.verifier.testing;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.examples.verifier.Serve;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The service in this JVM, on a port that was free. */
public final class RunningVerifier implements AutoCloseable {
    private final Path data;
    private final Serve.Running running;
    private final Client operator;

    public RunningVerifier(Path data, String... options) throws Exception {
        this.data = data;
        Serve serve = new Serve();
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", "0", "--rate", "10000"));
        arguments.addAll(List.of(options));
        new CommandLine(serve).setOverwrittenOptionsAllowed(true).parseArgs(arguments.toArray(String[]::new));
        running = serve.start();
        operator = client().with("Authorization", "Bearer " + token());
    }

    public int port() {
        return running.service().port();
    }

    public Serve.Running running() {
        return running;
    }

    public Path certificate() {
        return data.resolve("server.pem");
    }

    public String token() throws Exception {
        return Files.readString(data.resolve("operator.token"));
    }

    public Client client() throws Exception {
        return new Client(ClientIdentity.none(certificate()).context(), port());
    }

    public Client operator() {
        return operator;
    }

    public SimulatedMachine machine(Boot boot) throws Exception {
        return new SimulatedMachine(certificate(), port(), SoftwareTpm.create(), boot);
    }

    public void putGroup(String name, String trust, String reference, List<String> allowedEks) throws Exception {
        Client.Answer answer = operator.send(
                "PUT",
                "/v1/groups/" + name,
                Map.of(
                        "trust", trust,
                        "reference", reference,
                        "secureBootRequired", false,
                        "bank", "sha256",
                        "allowedEks", allowedEks));
        if (answer.status() != 204) {
            throw new IllegalStateException(answer.toString());
        }
    }

    public long addState(String group, String label, Boot boot) throws Exception {
        Client.Answer answer =
                operator.post("/v1/groups/" + group + "/states", Map.of("label", label, "state", stateOf(boot)));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.json().get("id").longValue();
    }

    public static String stateOf(Boot boot) throws Exception {
        ReferenceState state = Enrolment.enrol(
                Replay.of(EventLog.copyOf(boot.log())).compareWith(boot.values()), ReferenceStateMaker.create());
        return ReferenceStateJson.write(state, ReferenceStateJson.Form.FULL);
    }

    public String status(String machine) throws Exception {
        Client.Answer answer = operator.get("/v1/machines/" + machine);
        return answer.status() == 200
                ? answer.json().get("machine").get("status").textValue()
                : String.valueOf(answer.status());
    }

    @Override
    public void close() throws IOException {
        operator.close();
        running.close();
    }
}
