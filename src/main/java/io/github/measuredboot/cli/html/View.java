package io.github.measuredboot.cli.html;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the templates of a page show. Texts are as the evidence has them: {@link PageOutput} makes them harmless. */
final class View {
    private View() {}

    /** How good an answer is; the words beside it say the same. */
    enum Tone {
        GOOD("✔"),
        CAUTION("!"),
        BAD("✖"),
        NEUTRAL("i");

        final String symbol;

        Tone(String symbol) {
            this.symbol = symbol;
        }

        String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The first of many, and how many more there are. */
    record Shown<T>(List<T> items, long more) {
        static <S, T> Shown<T> of(List<S> all, int most, Function<? super S, ? extends T> view) {
            List<T> items = all.stream().limit(most).<T>map(view).toList();
            return new Shown<>(items, all.size() - items.size());
        }

        static <T> Shown<T> of(List<T> all, int most) {
            return of(all, most, one -> one);
        }

        boolean isEmpty() {
            return items.isEmpty();
        }
    }

    /** A word, and the class that colours it. */
    record Label(String css, String text) {}

    record Answer(Tone tone, String word, String sentence) {}

    /** Something that the log claims, how far it is proved, and by which event. */
    record Statement(String text, List<String> details, Label mark, String place) {}

    record Fact(String name, boolean wide, Shown<Statement> statements) {}

    record Difference(
            String headline, List<String> places, Optional<Text> expected, Optional<Text> found, Shown<String> items) {}

    record Text(String text, String digest) {}

    record Problem(String rule, String headline, Shown<Difference> differences, Shown<String> causes) {}

    record Stage(String title, String hint, long events, List<Step> steps) {}

    record Step(String title, Shown<Statement> statements) {}

    record Map(int width, int height, int plotHeight, List<Band> bands, List<Lane> lanes, String description) {}

    record Band(String css, int x, int width, int centre, String title) {}

    record Lane(int y, int textY, String name, String meaning, Label state, String path) {}

    record PcrTable(String bank, String summary, boolean open, List<PcrRow> rows) {}

    record PcrRow(
            String id,
            String name,
            String meaning,
            String events,
            boolean rejected,
            Label state,
            String proof,
            List<Value> values,
            Shown<String> causes) {}

    record Value(String name, String text) {}

    record SecureBoot(
            Shown<Statement> modes,
            Shown<Key> keys,
            Shown<Vouch> images,
            long firmwareImages,
            boolean anyAuthority,
            Shown<Statement> others) {}

    record Key(String name, String contents, Shown<Certificate> certificates, Label mark, String place) {}

    record Certificate(String name, String subject) {}

    record Vouch(
            Optional<Certificate> authority,
            String database,
            String image,
            String file,
            String digest,
            Label mark,
            String place) {}

    record EventRow(int number, String register, String type, String description, String digest, Label mark) {}

    record Events(String bank, Shown<EventRow> rows) {}

    record Boot(
            String id,
            String title,
            String origin,
            List<String> notes,
            List<Fact> facts,
            Map map,
            List<Stage> stages,
            List<PcrTable> pcrs,
            SecureBoot secureBoot,
            Events events,
            Shown<Value> legend) {}

    record Expectation(
            String state,
            String bank,
            Shown<FindingRow> findings,
            List<PinnedRow> pinned,
            Shown<Key> keys,
            List<Value> bytes) {}

    record FindingRow(
            Label outcome,
            String rule,
            String description,
            String pcrs,
            String events,
            String proof,
            boolean required,
            Optional<String> expected,
            String found) {}

    record PinnedRow(String name, String meaning, String mode, String counts, Shown<Shown<Text>> alternatives) {}

    record ChangeRow(Label kind, String subject, boolean claimed, Shown<Pair> values, String before, String after) {}

    record Pair(String name, String before, String after, boolean same) {}

    record PcrChanges(String name, String meaning, String message, Shown<ChangeRow> changes) {}

    record Comparison(
            String first,
            String second,
            Shown<PcrChanges> changes,
            List<Pair> facts,
            List<Pair> pcrs,
            String bank,
            List<String> notes) {}

    record Page(
            String title,
            Answer answer,
            Shown<Problem> problems,
            Shown<Difference> accepted,
            List<List<String>> hints,
            Optional<Expectation> expectation,
            Optional<Comparison> comparison,
            List<Boot> boots) {}
}
