package io.github.measuredboot.examples.verifier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One machine. */
@Command(
        name = "inspect",
        description = "Shows why a machine is judged as it is, and what it booted.",
        mixinStandardHelpOptions = true)
public final class InspectCommand extends OperatorCommand {
    @Parameters(paramLabel = "MACHINE", description = "its id or its name")
    String machine;

    @Override
    void run(OperatorClient client) throws Exception {
        JsonNode report = client.get("/v1/machines/" + idOf(client, machine));
        JsonNode subject = report.get("machine");
        StringBuilder text = new StringBuilder();
        line(
                text,
                subject.path("name").asText() + ": " + subject.path("status").asText() + ", attestation "
                        + report.path("attestation").asText("none") + " "
                        + report.path("outcome").asText(""));
        if (report.path("reasons").isEmpty() && !report.path("message").asText().isEmpty()) {
            line(text, "  " + report.path("message").asText());
        }
        report.path("reasons").forEach(reason -> line(text, "  " + reason.asText()));
        report.path("hints").forEach(hint -> line(text, "  hint: " + hint.asText()));
        JsonNode boot = report.path("boot");
        if (!boot.isMissingNode() && !boot.isNull()) {
            boot(text, boot);
        }
        print(report, text);
    }

    private static void boot(StringBuilder text, JsonNode boot) {
        line(
                text,
                "Secure Boot: "
                        + (boot.path("secureBoot").isNull()
                                ? "not proved"
                                : boot.path("secureBoot").asText()));
        boot.path("firmware").forEach(item -> line(text, "firmware: " + item(item)));
        boot.path("images")
                .forEach(image -> line(
                        text,
                        "image " + image.path("digest").asText()
                                + (image.path("proved").asBoolean() ? "" : " (claimed)") + ", claimed to be "
                                + image.path("claimedPath").asText()));
        boot.path("commandLines").forEach(item -> line(text, "command line: " + item(item)));
    }

    private static String item(JsonNode item) {
        return item.path("text").asText() + (item.path("proved").asBoolean() ? "" : " (claimed)");
    }

    private static void line(StringBuilder text, String line) {
        text.append(Table.printable(line)).append('\n');
    }
}
