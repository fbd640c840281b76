package io.github.measuredboot.examples.verifier.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a group. */
@Command(name = "group", description = "Makes a group, or changes its policy.", mixinStandardHelpOptions = true)
public final class GroupCommand extends OperatorCommand {
    @Parameters(paramLabel = "GROUP")
    String group;

    @Option(
            names = "--trust",
            defaultValue = "certificate",
            description = "who vouches for a TPM: certificate, allow-list or first-use (${DEFAULT-VALUE})")
    String trust;

    @Option(
            names = "--reference",
            defaultValue = "operator",
            description = "whose reference state counts: operator or first-use (${DEFAULT-VALUE})")
    String reference;

    @Option(names = "--secure-boot-off", description = "Secure Boot may be off")
    boolean secureBootOff;

    @Option(names = "--bank", defaultValue = "sha256", description = "the bank that is quoted (${DEFAULT-VALUE})")
    String bank;

    @Option(names = "--allow-ek", description = "name of an endorsement key, as tpm2_readpublic prints it")
    List<String> allowedEks = List.of();

    @Override
    void run(OperatorClient client) throws Exception {
        client.put(
                "/v1/groups/" + OperatorClient.part(group),
                Map.of(
                        "trust", trust,
                        "reference", reference,
                        "secureBootRequired", !secureBootOff,
                        "bank", bank,
                        "allowedEks", allowedEks));
    }
}
