package io.github.measuredboot.cli.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class BootPageTest {
    private static BootPage page() throws Exception {
        Replay replay = Replay.of(EventLog.read(Path.of("testdata/boots/uki-direct/eventlog.bin")));
        BootSummary summary = BootSummary.of(replay.checkedLog(), HashAlgorithm.SHA256);
        return BootPage.of(
                new BootInput("a log", summary, replay.compareWith(new PcrValues(List.of())), Optional.empty()));
    }

    @Test
    void theFragmentIsOneElementOfTheWholePage() throws Exception {
        StringWriter fragment = new StringWriter();
        StringWriter whole = new StringWriter();
        page().writeFragmentTo(fragment);
        page().writeTo(whole);

        assertFalse(fragment.toString().contains("<style"), fragment::toString);
        Document embedded = Jsoup.parseBodyFragment(fragment.toString());
        assertEquals(1, embedded.body().children().size());
        assertEquals("measured-boot", embedded.body().child(0).className());
        assertEquals(
                embedded.body().html(), Jsoup.parse(whole.toString()).body().html());
    }

    /** A page that embeds the fragment keeps its own styles. */
    @Test
    void stylesApplyToNothingElse() {
        String rules = BootPage.styleSheet().replaceAll("@media[^{]*\\{", "").replaceAll("\\{[^}]*\\}", "\n");
        List<String> selectors = rules.lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(selector -> selector.replace("}", "").strip())
                .filter(selector -> !selector.isEmpty())
                .toList();
        assertTrue(selectors.size() > 100, selectors::toString);
        assertEquals(
                List.of(),
                selectors.stream()
                        .filter(selector -> !selector.startsWith(".measured-boot"))
                        .toList());
    }
}
