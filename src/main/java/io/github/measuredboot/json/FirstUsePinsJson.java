package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.JsonInput;
import io.github.measuredboot.internal.json.LogMembers;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.policy.FirstUsePins.BootId;
import io.github.measuredboot.policy.FirstUsePins.Scope;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pins of PCR values as JSON, to be kept between attestations: {@code {"version": 1, "boot": "reset 7, restart 0", "uki": {"sha256":
 * "3e69..."}, "pcrs": {"sha256": {"11": "b2cb..."}}}}. Without pins there is only the version.
 */
public final class FirstUsePinsJson {
    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 1;

    /** The largest text that is read, in bytes. */
    public static final int MAX_SIZE = 1 << 20;

    private static final String STRUCTURE = "first-use pins";

    private FirstUsePinsJson() {}

    /**
     * Reads pins.
     *
     * @param json UTF-8 text
     * @return the pins
     * @throws MalformedDataException if the text does not have this form, has another version or an unknown member, or is too large
     */
    public static FirstUsePins parse(Bytes json) throws MalformedDataException {
        return JsonInput.read(STRUCTURE, json, MAX_SIZE, FirstUsePinsJson::read);
    }

    private static FirstUsePins read(JsonInput in) throws MalformedDataException {
        var read = new Object() {
            String boot = "";
            List<Digest> uki = new ArrayList<>();
            PcrValues values = FirstUsePins.NONE.values();
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "version" -> in.version(VERSION);
                case "boot" -> read.boot = in.text();
                case "uki" -> in.object(bank -> read.uki.add(digest(in, bank)));
                case "pcrs" -> read.values = PcrValuesJson.read(in);
                default -> throw in.fault("version " + VERSION + " has no such member");
            }
        });
        in.require(names, List.of("version"));
        if (names.size() == 1) {
            return FirstUsePins.NONE;
        }
        in.require(names, List.of("boot", "uki", "pcrs"));
        return new FirstUsePins(
                Optional.of(new Scope(new BootId(read.boot), in.made(() -> new DigestSet(read.uki)))), read.values);
    }

    private static Digest digest(JsonInput in, String bank) throws MalformedDataException {
        HashAlgorithm algorithm = HashAlgorithm.byName(bank)
                .orElseThrow(() -> in.fault("\"" + bank + "\" is not one of " + HashAlgorithm.standard()));
        Bytes value = in.hex();
        return in.made(() -> new Digest(algorithm, value));
    }

    /**
     * Writes pins on one line.
     *
     * @param pins the pins
     * @return the object, which {@link #parse} reads
     */
    public static String write(FirstUsePins pins) {
        return DataWriter.compact(out -> {
            out.put("version", VERSION);
            pins.scope().ifPresent(scope -> {
                out.put("boot", scope.boot().id());
                LogMembers.digests(out, "uki", scope.uki().digests());
                out.object("pcrs", () -> PcrValuesJson.write(out, pins.values()));
            });
        });
    }
}
