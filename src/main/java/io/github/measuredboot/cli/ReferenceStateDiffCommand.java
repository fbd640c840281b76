package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.StateDifference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Reports what differs between two reference states, and what it means.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:they are the same", "1:wrong usage, or a state that cannot be read", "2:they differ"},
        mixinStandardHelpOptions = true)
final class ReferenceStateDiffCommand extends ReportingCommand {
    @Parameters(index = "0", paramLabel = "OLD", description = "The old reference state; - for standard input.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The new reference state; - for standard input.")
    private String after = "";

    @Override
    String input() {
        return before + " " + after;
    }

    @Override
    int execute() throws InputException {
        StateInput.Named old = StateInput.read(before);
        StateInput.Named now = StateInput.read(after);
        StateDifference difference =
                StateDifference.between(old.reading().state(), now.reading().state());
        notes(StateInput.notes(old.name(), old.reading()));
        notes(StateInput.notes(now.name(), now.reading()));
        report(new StateDifferenceReport(old, now, difference));
        return difference.isSame() ? 0 : Main.DIFFERENT;
    }
}
