package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.systemd.SystemdReport;
import io.github.measuredboot.attest.systemd.SystemdReportVerifier;
import io.github.measuredboot.attest.systemd.VerifiedSystemdReport;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.json.SystemdReportJson;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "systemd-report",
        description = {
            "Verifies a signed report of systemd 261 or later: the quote, the NvPCRs and the audit over all of it.",
            "The report has no nonce: that it is true of some time is proved, but not of which."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:verified, and each NvPCR of --require-nvpcr is reproduced and initialized",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:refused, or nobody vouches for the key that signed: give --ak or --ak-name"
        },
        mixinStandardHelpOptions = true)
final class SystemdReportCommand extends ReportingCommand {
    @Parameters(paramLabel = "FILE", description = "The report, as systemd-report generate --sign writes it.")
    private String file = "";

    @Option(
            names = "--ak",
            paramLabel = "KEY",
            description = "The key that must have signed: TPM2B_PUBLIC or TPMT_PUBLIC. Default: that of the report")
    private @Nullable String key;

    @Option(
            names = "--require-nvpcr",
            paramLabel = "NAME",
            split = ",",
            description = "The NvPCRs that the log must reproduce and that this boot must have initialized.")
    private List<String> required = new ArrayList<>();

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Override
    String input() {
        return file;
    }

    @Override
    String inputMember() {
        return "file";
    }

    @Override
    void requireConsistent() throws InputException {
        identity.requireComplete();
    }

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        SystemdReport report = SystemdReportJson.parse(InputFile.read(file, ParseLimits.DEFAULT.maxLogSize() + 1));
        AttestationKey expected = key == null ? report.key() : IdentityOptions.read(key);
        boolean isVouchedFor = key != null || identity.isGiven();
        KeyIdentity signer = isVouchedFor ? identity.of(expected) : KeyIdentity.unknown(expected);
        VerifiedSystemdReport verified = SystemdReportVerifier.verify(report, signer);
        List<String> missing = required.stream()
                .filter(name -> verified.nvPcr(name)
                        .filter(value -> value.isReproduced() && value.isInitialized())
                        .isEmpty())
                .toList();
        report(new SystemdReportReport(file, verified, missing));
        return signer.level() != IdentityLevel.UNKNOWN && missing.isEmpty() ? 0 : Main.DIFFERENT;
    }
}
