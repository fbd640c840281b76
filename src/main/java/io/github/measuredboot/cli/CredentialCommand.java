package io.github.measuredboot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "credential",
        description =
                "Enrols an attestation key with a secret that only the TPM with the endorsement key can reveal, and"
                        + " only if it also holds the attestation key.",
        subcommands = {CredentialMakeCommand.class, CredentialCheckCommand.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true)
final class CredentialCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
