package io.github.measuredboot.cli;

import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMerge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        description = {
            "Merges several reference states into one, which accepts each boot that one of them accepts.",
            "Reports for each PCR what is not the same in all of them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:wrong usage, a state that cannot be read, or states that cannot be merged"},
        mixinStandardHelpOptions = true)
final class ReferenceStateMergeCommand extends ReportingCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the state. Default: -, standard output")
    private @Nullable String output;

    @Parameters(arity = "2..*", paramLabel = "STATE", description = "The reference states, all in the same form.")
    private List<String> names = List.of();

    @Override
    String input() {
        return String.join(" ", names);
    }

    @Override
    int execute() throws InputException {
        List<ReferenceState> states = new ArrayList<>();
        for (String name : names) {
            states.add(StateInput.read(name).reading().state());
        }
        ReferenceStateMerge merged = merged(states);
        String text = ReferenceStateJson.write(merged.state(), merged.state().isFull() ? Form.FULL : Form.FIELD);
        if (output == null || InputFile.isStandardOutput(output)) {
            notes(new MergeReport(names, InputFile.STANDARD_INPUT, merged).varied());
            print(text);
            return 0;
        }
        InputFile.write(output, text);
        report(new MergeReport(names, output, merged));
        return 0;
    }

    private static ReferenceStateMerge merged(List<ReferenceState> states) throws InputException {
        try {
            return ReferenceStateMerge.of(states);
        } catch (ReferenceStateException e) {
            throw new InputException("the states cannot be merged: " + String.join("; ", e.reasons()));
        }
    }
}
