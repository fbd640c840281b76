package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.json.StateDifferenceJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = "Reports what differs between two reference states, and what it means.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:they are the same", "1:wrong usage, or a state that cannot be read", "2:they differ"},
        mixinStandardHelpOptions = true)
final class ReferenceStateDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "OLD", description = "The old reference state, - for standard input.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The new reference state, - for standard input.")
    private String after = "";

    @Override
    public Integer call() {
        Console console = new Console(spec, json);
        return console.run(before + " " + after, () -> diff(console));
    }

    private int diff(Console console) throws InputException {
        StateInput.Named old = StateInput.read(before);
        StateInput.Named now = StateInput.read(after);
        StateDifference difference =
                StateDifference.between(old.reading().state(), now.reading().state());
        if (json) {
            console.print(StateDifferenceJson.report(old.name(), old.reading(), now.name(), now.reading(), difference));
        } else {
            console.notes(StateInput.notes(old.name(), old.reading()));
            console.notes(StateInput.notes(now.name(), now.reading()));
            console.print(StateDifferenceText.lines(difference));
        }
        return difference.isSame() ? 0 : Main.DIFFERENT;
    }
}
