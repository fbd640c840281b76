package io.github.measuredboot.examples.verifier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands for operators have in common: 0 if all is well, 1 if the service refuses or cannot be reached. */
abstract class OperatorCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Spec
    CommandSpec spec;

    abstract void run(OperatorClient client) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try {
            run(server.client());
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println(Table.printable(String.valueOf(e.getMessage())));
            return 1;
        }
    }

    /** Prints an answer: as it is, or for a person. */
    void print(JsonNode answer, Object forPerson) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n"
                        : forPerson.toString());
        out.flush();
    }

    /** {@return the id of a machine that is given by its id or its name} */
    static String idOf(OperatorClient client, String machine) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode each : client.get("/v1/machines")) {
            if (each.path("id").asText().equals(machine)) {
                return machine;
            }
            if (each.path("name").asText().equals(machine)) {
                ids.add(each.path("id").asText());
            }
        }
        if (ids.size() != 1) {
            throw new IOException(
                    ids.isEmpty() ? "there is no machine " + machine : "several machines are called so: " + ids);
        }
        return ids.get(0);
    }
}
