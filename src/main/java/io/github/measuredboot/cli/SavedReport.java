package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A reference state that was written, and how it differs from the one that was there before. */
record SavedReport(
        String log, String file, ReferenceState state, Optional<String> previous, Optional<StateDifference> difference)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept("saved " + InputFile.called(file)
                + state.ukis().stream().map(uki -> ", UKI " + digests(uki, out)).collect(Collectors.joining()));
        previous.ifPresent(kept -> out.accept("the state before is kept as " + InputFile.called(kept)));
        difference.ifPresent(changed -> {
            out.accept("from the state before:");
            StateDifferenceText.print(changed, out);
        });
    }

    /** One is enough to recognise it by. */
    private static String digests(DigestSet uki, TextOutput out) {
        DigestSet sha256 = uki.only(HashAlgorithm.SHA256);
        return out.shortened((out.isVerbose() || sha256.isEmpty() ? uki : sha256).toString());
    }

    /**
     * {@code log, file, uki} (its digests by bank), {@code firmwareBlobs, pk, kek, db, dbx} (their numbers), and where there is a
     * state before {@code previous} (the file that keeps it) and {@code difference}.
     */
    @Override
    public void members(DataWriter out) {
        out.put("log", log).put("file", file);
        LogMembers.digests(
                out,
                "uki",
                state.ukis().stream().findFirst().map(DigestSet::digests).orElse(List.of()));
        out.put(
                        "firmwareBlobs",
                        state.firmware().stream()
                                .mapToInt(
                                        firmware -> firmware.platformFirmware().size())
                                .sum())
                .put("pk", state.secureBoot().pk().size())
                .put("kek", state.secureBoot().kek().size())
                .put("db", state.secureBoot().db().size())
                .put("dbx", state.secureBoot().dbx().size())
                .put("previous", previous)
                .object("difference", difference, changed -> StateChangeMembers.difference(out, changed));
    }
}
