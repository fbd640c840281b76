package io.github.measuredboot.examples.verifier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.UkiRollout;
import io.github.measuredboot.uefi.image.PeImage;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a group boot a new image. What the image will measure is predicted here: the image itself is not sent. */
@Command(
        name = "accept-uki",
        description =
                "Accepts a new UKI for a group, beside the one that its machines boot now. When rollout shows that all have moved,"
                        + " retire the old states.",
        mixinStandardHelpOptions = true)
public final class AcceptUkiCommand extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "GROUP")
    String group;

    @Parameters(index = "1", paramLabel = "UKI", description = "file of the image, signed as it will boot")
    Path image;

    @Option(names = "--label", description = "what it is called (the name of the file)")
    Optional<String> label = Optional.empty();

    @Override
    void run(OperatorClient client) throws Exception {
        UnifiedKernelImage uki = read();
        String path = "/v1/groups/" + OperatorClient.part(group);
        int added = 0;
        for (JsonNode old : newest(client.get(path).path("states")).values()) {
            Bytes json =
                    Bytes.encode(client.text(path + "/states/" + old.path("id").asText()), StandardCharsets.UTF_8);
            ReferenceState next = next(ReferenceStateJson.parse(json).state(), uki);
            Map<String, Object> body = new TreeMap<>(Map.of(
                    "label", label.orElse(image.getFileName().toString()),
                    "state",
                            ReferenceStateJson.write(
                                    next,
                                    next.isFull() ? ReferenceStateJson.Form.FULL : ReferenceStateJson.Form.FIELD)));
            if (!old.path("machine").isNull()) {
                body.put("machine", old.path("machine").asText());
            }
            client.post(path + "/states", body);
            added++;
        }
        if (added == 0) {
            throw new IOException(
                    "the group has no state to start from: accept one, or let a machine report its first");
        }
        spec.commandLine().getOut().println(added + (added == 1 ? " state" : " states") + " added");
    }

    /** Of the group, and of each machine that has states of its own, the newest state in use. */
    private static Map<String, JsonNode> newest(JsonNode states) {
        Map<String, JsonNode> newest = new TreeMap<>();
        states.forEach(state -> {
            if (state.path("retiredAt").isNull()) {
                newest.put(state.path("machine").asText(""), state);
            }
        });
        return newest;
    }

    private UnifiedKernelImage read() throws IOException {
        try {
            return UnifiedKernelImage.of(PeImage.read(image));
        } catch (MalformedDataException e) {
            throw new IOException(image + ": " + e.getMessage(), e);
        }
    }

    private static ReferenceState next(ReferenceState state, UnifiedKernelImage uki) throws IOException {
        try {
            return UkiRollout.withUki(state, uki);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
