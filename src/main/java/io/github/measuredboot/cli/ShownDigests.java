package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digests in SHA-256, as other tools print them, instead of those of the bank that was judged: only where SHA-256 proves no less, and
 * only for all digests that are to be compared with each other.
 */
final class ShownDigests {
    private static final Pattern DIGEST = Pattern.compile("\\b([a-z][a-z0-9_]{2,7}):([0-9a-f]{40,128})\\b");
    private static final String FOUND = "found:";
    private static final String AMBIGUOUS = "";

    private final HashAlgorithm judged;
    private final Map<String, String> sha256 = new TreeMap<>();

    private ShownDigests(HashAlgorithm judged) {
        this.judged = judged;
    }

    static ShownDigests of(HashAlgorithm judged, ReplayedLog replayed, ReferenceState state) {
        ShownDigests shown = new ShownDigests(judged);
        if (!judged.equals(HashAlgorithm.SHA256) && provesNoLess(judged, replayed)) {
            for (Event event : replayed.replay().log().events()) {
                shown.add(event.digest(judged), event.digest(HashAlgorithm.SHA256));
            }
            state.pcrs().stream().map(PinnedPcr::alternatives).forEach(shown::addPinned);
            shown.addPinned(state.images());
            for (Firmware firmware : state.firmware()) {
                shown.add(firmware.scrtm());
                firmware.platformFirmware().forEach(shown::add);
                shown.addPinned(List.of(firmware.pcr0(), firmware.pcr2()));
            }
        }
        return shown;
    }

    /** Every PCR that the bank reproduces is reproduced by SHA-256, and proved if it is proved there. */
    private static boolean provesNoLess(HashAlgorithm judged, ReplayedLog replayed) {
        return EvidenceMembers.of(judged, replayed.comparisons()).stream()
                .filter(PcrComparison::isReproduced)
                .allMatch(one -> replayed.comparison(HashAlgorithm.SHA256, one.pcr())
                        .filter(PcrComparison::isReproduced)
                        .filter(other -> other.isProved() || !one.isProved())
                        .isPresent());
    }

    private void addPinned(List<List<PinnedEvent>> alternatives) {
        for (List<PinnedEvent> events : alternatives) {
            for (PinnedEvent event : events) {
                add(event.digests());
            }
        }
    }

    private void add(DigestSet digests) {
        add(in(digests, judged), in(digests, HashAlgorithm.SHA256));
    }

    private static Optional<Digest> in(DigestSet digests, HashAlgorithm bank) {
        return digests.digests().stream()
                .filter(digest -> digest.algorithm().equals(bank))
                .findFirst();
    }

    private void add(Optional<Digest> digest, Optional<Digest> other) {
        if (digest.isPresent() && other.isPresent()) {
            String shown = other.get().value().toHex();
            sha256.merge(digest.get().value().toHex(), shown, (one, two) -> one.equals(two) ? one : AMBIGUOUS);
        }
    }

    /** What was found is shown as what was expected, in the line before. */
    List<String> in(List<String> lines) {
        if (sha256.isEmpty()) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines);
        for (int from = 0, to; from < lines.size(); from = to) {
            to = from + 1;
            while (to < lines.size() && lines.get(to).strip().startsWith(FOUND)) {
                to++;
            }
            List<String> together = lines.subList(from, to);
            if (together.stream().allMatch(this::isKnown)) {
                for (int i = from; i < to; i++) {
                    shown.set(i, translated(lines.get(i)));
                }
            }
        }
        return shown;
    }

    private boolean isKnown(String line) {
        Matcher matcher = DIGEST.matcher(line);
        while (matcher.find()) {
            if (matcher.group(1).equals(judged.name())
                    && sha256.getOrDefault(matcher.group(2), AMBIGUOUS).equals(AMBIGUOUS)) {
                return false;
            }
        }
        return true;
    }

    private String translated(String line) {
        return DIGEST.matcher(line).replaceAll(digest -> Matcher.quoteReplacement(translated(digest)));
    }

    private String translated(MatchResult digest) {
        String other = digest.group(1).equals(judged.name()) ? sha256.get(digest.group(2)) : null;
        return other == null ? digest.group() : HashAlgorithm.SHA256.name() + ":" + other;
    }
}
