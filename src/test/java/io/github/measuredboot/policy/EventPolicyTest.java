package io.github.measuredboot.policy;

import static io.github.measuredboot.policy.BootPolicyTest.finding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Policies of a few clauses on logs of a few events: what each part of a policy adds to the verdict. */
class EventPolicyTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final Bytes SEPARATOR = Bytes.parseHex("00000000");
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final String CALL = MeasuredConstant.CALLING_BOOT_OPTION.description();
    private static final String RETURN = MeasuredConstant.RETURNING_FROM_BOOT_OPTION.description();
    private static final EventClause ANYTHING = Clauses.free(4, "anything");

    private static ReplayedLog log(String... texts) throws Exception {
        Replay replay = replay(texts);
        return replay.compareWith(replay.expectedValues());
    }

    private static Replay replay(String... texts) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(SHA256);
        for (String text : texts) {
            builder.measure(4, EventType.EV_IPL, measured(text));
        }
        return Replay.of(EventLog.wrap(builder.build()));
    }

    private static Bytes measured(String text) {
        return text.equals("separator") ? SEPARATOR : Bytes.encode(text, StandardCharsets.US_ASCII);
    }

    private static PinnedEvent event(String text) {
        Digest digest = new Digest(SHA256, SHA256.hash(measured(text)).orElseThrow());
        return PinnedEvent.of(DigestSet.of(digest), EventType.EV_IPL, text);
    }

    private static List<PinnedEvent> pinned(String... texts) {
        return Stream.of(texts).map(EventPolicyTest::event).toList();
    }

    private static Verdict judge(EventClause clause, String... texts) throws Exception {
        return EventPolicy.builder()
                .judge(4, PcrMode.CONTENT)
                .require("clause", List.of(4), clause)
                .build()
                .evaluate(log(texts), SHA256);
    }

    private static List<Integer> numbers(Finding finding) {
        return finding.events().stream().map(Finding.Place::number).toList();
    }

    @Test
    void aSequenceIsThePinnedEventsAndNoOther() throws Exception {
        EventClause clause = Clauses.sequence(4, List.of(pinned("a", "b", "c"), pinned("x")));
        for (String[] good : List.of(new String[] {"a", "b", "c"}, new String[] {"x"})) {
            Verdict verdict = judge(clause, good);
            assertEquals(List.of(), verdict.rejections());
            assertEquals(
                    good.length + " pinned events in order",
                    finding(verdict, "clause").found());
            assertEquals(Constraint.PINNED, finding(verdict, "clause").constraint());
            assertEquals("clause: passed", finding(verdict, "clause").message());
        }
        assertDifference(clause, List.of(2), "b", "event 2", "a", "evil", "c");
        assertDifference(clause, List.of(), "b", "none of them", "a", "c");
        assertDifference(clause, List.of(3), "no further event", "event 3", "a", "b", "evil", "c");
        assertDifference(clause, List.of(4), "no further event", "event 4", "a", "b", "c", "evil");
        assertDifference(clause, List.of(), "c", "none of them", "a", "b");
        assertDifference(clause, List.of(2), "no further event", "event 2", "x", "evil");
    }

    @Test
    void ofSeveralAlternativesTheFirstOfTheNearestIsNamed() throws Exception {
        EventClause clause = Clauses.sequence(
                4, List.of(pinned("far"), pinned("shim", "first", "end"), pinned("shim", "second", "end")));
        Finding finding = finding(judge(clause, "shim", "evil", "end"), "clause");
        assertTrue(finding.expected().contains("first"), finding.expected());
        assertFalse(finding.expected().contains("second"), finding.expected());
    }

    private static void assertDifference(
            EventClause clause, List<Integer> numbers, String expected, String found, String... texts)
            throws Exception {
        Verdict verdict = judge(clause, texts);
        assertEquals(List.of("clause"), BootPolicyTest.rules(verdict));
        Finding finding = finding(verdict, "clause");
        assertEquals(numbers, numbers(finding), finding.message());
        assertTrue(finding.expected().startsWith(expected), finding.message());
        assertTrue(finding.found().contains(found), finding.message());
        assertEquals(
                "clause: failed: expected " + finding.expected() + ", found " + finding.found(), finding.message());
        assertEquals(finding.message(), finding.toString());
    }

    @Test
    void anEmptyPcrHasSeparatorsAlone() throws Exception {
        EventClause empty = Clauses.empty(4);
        assertEquals(List.of(), judge(empty, "separator", "separator").rejections());
        Finding rejected = finding(judge(empty, "a", "separator", "b"), "clause");
        assertEquals(List.of(1, 3), numbers(rejected));
        assertTrue(rejected.found().startsWith("event 1 (PCR 4, EV_IPL) sha256:"), rejected.found());
    }

    @Test
    void insecurePinnedImagesMayHaveOthersAmongThemButKeepTheirOrder() throws Exception {
        EventClause clause = Clauses.insecureImagesAmongOthers(4, List.of(pinned("a", "b"), pinned("c")));
        for (String good : List.of("a b", "evil a evil b evil", "c", "b c a", "a a b b")) {
            Verdict verdict = judge(clause, good.split(" ", -1));
            assertEquals(List.of(), verdict.rejections(), good);
            assertEquals(Constraint.REPLAYED, finding(verdict, "clause").constraint());
            assertTrue(finding(verdict, "clause").found().endsWith(", among others"));
        }
        for (String bad : List.of("b a", "a", "evil")) {
            assertEquals(List.of("clause"), BootPolicyTest.rules(judge(clause, bad.split(" ", -1))), bad);
        }
    }

    @Test
    void constantsAmongImagesAreSeparatorsAndAttemptsToBoot() throws Exception {
        EventClause clause = Clauses.imagesAmongConstants(4, List.of(pinned("a", "b")));
        assertEquals(
                List.of(),
                judge(clause, CALL, "separator", "a", RETURN, CALL, "b").rejections());
        String other = MeasuredConstant.EXIT_BOOT_SERVICES_SUCCESS.description();
        assertEquals(List.of("clause"), BootPolicyTest.rules(judge(clause, "a", other, "b")));
        assertEquals(List.of("clause"), BootPolicyTest.rules(judge(clause, "a", "separator")));
    }

    @Test
    void attemptsToBootThatFailedBeforeAnythingWasLoadedMayBeMoreOrFewer() throws Exception {
        EventClause clause = Clauses.bootAttempts(4, List.of(pinned(CALL, "separator", "a")));
        assertEquals(List.of(), judge(clause, CALL, "separator", "a").rejections());
        assertEquals(
                List.of(), judge(clause, CALL, "separator", RETURN, CALL, "a").rejections());
        assertEquals(List.of("clause"), BootPolicyTest.rules(judge(clause, CALL, "separator", "a", RETURN, CALL)));
        assertEquals(List.of("clause"), BootPolicyTest.rules(judge(clause, CALL, "separator", RETURN, "a")));
        assertEquals(List.of("clause"), BootPolicyTest.rules(judge(clause, CALL, "separator", CALL, "a")));
    }

    @Test
    void eventsThatNoClauseAcceptsReject() throws Exception {
        EventClause first = log -> Judgement.passed(log.events(4).subList(0, 1), "the first", Constraint.CONTENT);
        Verdict verdict = judge(first, "a", "b", "c");
        assertEquals(List.of("unexpected-event"), BootPolicyTest.rules(verdict));
        assertEquals(List.of(2, 3), numbers(finding(verdict, "unexpected-event")));
        Verdict free = EventPolicy.builder()
                .judge(4, PcrMode.FREE)
                .require("clause", List.of(4), first)
                .build()
                .evaluate(log("a", "b", "c"), SHA256);
        assertEquals(List.of(), free.rejections());
        EventClause wrong = log -> Judgement.failed(log.events(4), "nothing", "something");
        assertEquals(List.of("clause"), BootPolicyTest.rules(judge(wrong, "a")), "the reason is given already");
    }

    @Test
    void theStrongestOfSeveralClausesCounts() throws Exception {
        EventClause content = log -> Judgement.passed(log.events(4), "content", Constraint.CONTENT);
        for (List<EventClause> clauses : List.of(List.of(content, ANYTHING), List.of(ANYTHING, content))) {
            Verdict verdict = EventPolicy.builder()
                    .judge(4, PcrMode.CONTENT)
                    .require("one", List.of(4), clauses.get(0))
                    .require("two", List.of(4), clauses.get(1))
                    .build()
                    .evaluate(log("ab", "c"), SHA256);
            assertEquals(
                    List.of(new CoverageReport.Pcr(4, true, PcrProof.ASSERTED, Map.of(Constraint.CONTENT, 2))),
                    verdict.coverage().pcrs());
            assertEquals(2 * (4 + 32) + 3, verdict.coverage().logBytes().get(Constraint.CONTENT));
            assertSame(verdict.coverage(), verdict.coverage(), "counted once");
        }
    }

    @Test
    void coverageIsOfAllPcrsOfTheLog() throws Exception {
        Replay replay = Replay.of(EventLog.wrap(EventLogBuilder.cryptoAgile(SHA256, HashAlgorithm.SHA384)
                .measure(4, EventType.EV_IPL, measured("a"))
                .measure(5, EventType.EV_IPL, measured("a"))
                .measure(6, EventType.EV_EFI_GPT_EVENT2, measured("something"), measured("else"))
                .event(
                        4,
                        EventType.EV_IPL,
                        List.of(new Digest(
                                HashAlgorithm.SHA384,
                                HashAlgorithm.SHA384.hash(measured("a")).orElseThrow())),
                        measured("a"))
                .noAction(4, measured("a"))
                .build()));
        ReplayedLog replayed = replay.compareWith(new PcrValues(List.of(PcrBank.of(
                SHA256,
                Map.of(
                        4, replay.expectedValues().value(SHA256, 4).orElseThrow(),
                        6, replay.expectedValues().value(SHA256, 6).orElseThrow())))));
        CoverageReport coverage = EventPolicy.builder()
                .judge(4, PcrMode.CONTENT)
                .require("clause", List.of(4), ANYTHING)
                .build()
                .evaluate(replayed, SHA256)
                .coverage();
        assertEquals(
                List.of(
                        new CoverageReport.Pcr(4, true, PcrProof.ASSERTED, Map.of(Constraint.REPLAYED, 1)),
                        new CoverageReport.Pcr(5, false, PcrProof.UNPROVED, Map.of(Constraint.NONE, 1)),
                        new CoverageReport.Pcr(6, false, PcrProof.ASSERTED, Map.of(Constraint.REPLAYED, 1))),
                coverage.pcrs());
        int bound = (4 + 32 + 1) + (4 + 32);
        assertEquals(
                Map.of(
                        Constraint.REPLAYED,
                        bound,
                        Constraint.NONE,
                        replay.log().bytes().length() - bound),
                coverage.logBytes());
    }

    @Test
    void whatIsReportedRejectsNothing() throws Exception {
        EventClause wrong = log -> Judgement.failed(log.events(4), "nothing", "something");
        Verdict verdict = EventPolicy.builder()
                .judge(4, PcrMode.CONTENT)
                .require("clause", List.of(4), ANYTHING)
                .report("remark", List.of(4, 5), wrong)
                .build()
                .evaluate(log("a"), SHA256);
        assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, verdict.outcome());
        Finding remark = finding(verdict, "remark");
        assertFalse(remark.required());
        assertFalse(remark.isRejection());
        assertEquals(Finding.Outcome.FAILED, remark.outcome());
        assertEquals(List.of(4, 5), remark.pcrs());
    }

    @Test
    void aClauseIsNotAskedAboutAPcrThatIsNotReproduced() throws Exception {
        Replay replay = replay("a");
        EventClause never = log -> {
            throw new IllegalStateException("asked");
        };
        Verdict verdict = EventPolicy.builder()
                .judge(4, PcrMode.CONTENT)
                .require("clause", List.of(4), never)
                .build()
                .evaluate(replay.compareWith(new PcrValues(List.of())), SHA256);
        assertEquals(List.of("replayed", "clause"), BootPolicyTest.rules(verdict));
        assertEquals(Finding.Outcome.NOT_EVALUATED, finding(verdict, "clause").outcome());
        assertEquals(PcrProof.UNPROVED, finding(verdict, "clause").proof());
        assertTrue(finding(verdict, "clause").message().startsWith("clause: not evaluated: expected "));
        assertFalse(verdict.isAcceptedIfEvidenceIsTrue());
    }

    @Test
    void aClauseMayNotAcceptEventsOfAnotherLog() throws Exception {
        List<VerifiedEvent> others = log("a").verified(SHA256).events(4);
        EventClause confused = log -> Judgement.passed(others, "something", Constraint.PINNED);
        assertThrows(IllegalArgumentException.class, () -> judge(confused, "a"));
    }

    @Test
    void aQuoteWithAFreshNonceMakesTheVerdictUnconditional() throws Exception {
        Replay replay = replay("a");
        SoftwareTpm tpm = SoftwareTpm.p256();
        PcrSelection selection = PcrSelection.parse("sha256:4");
        Evidence evidence = Evidence.of(replay).withValues(replay.expectedValues());
        EventPolicy policy = EventPolicy.builder()
                .judge(4, PcrMode.CONTENT)
                .require("clause", List.of(4), ANYTHING)
                .build();
        EventPolicy more = policy.toBuilder().judge(5, PcrMode.EMPTY).build();
        var quote = tpm.quote(selection, replay.expectedValues(), NONCE);
        ReplayedLog fresh =
                evidence.withQuote(quote, tpm.key(), Nonce.of(NONCE)).evaluate();
        Verdict accepted = policy.evaluate(fresh, SHA256);
        assertEquals(Verdict.Outcome.ACCEPTED, accepted.outcome());
        assertTrue(accepted.isAccepted());
        assertEquals(Optional.of(IdentityLevel.ASSERTED), accepted.identity());
        assertEquals("Verdict[accepted, sha256, 0 rejections]", accepted.toString());
        assertEquals(PcrProof.QUOTED, finding(accepted, "clause").proof());
        assertEquals("matches", finding(accepted, "replayed").found());

        Verdict remarked = policy.toBuilder()
                .report("remark", List.of(5), ANYTHING)
                .build()
                .evaluate(fresh, SHA256);
        assertEquals(Verdict.Outcome.ACCEPTED, remarked.outcome(), "PCR 5 is not quoted, and nothing depends on it");

        Verdict notAllQuoted = more.evaluate(fresh, SHA256);
        assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, notAllQuoted.outcome());
        assertFalse(notAllQuoted.isAccepted());

        Verdict old = policy.evaluate(
                evidence.withQuote(quote, tpm.key(), Nonce.insecureUnchecked()).evaluate(), SHA256);
        assertEquals(Verdict.Outcome.ACCEPTED_IF_FRESH, old.outcome());
        assertFalse(old.isAccepted());
        assertTrue(old.isAcceptedIfEvidenceIsTrue());
        assertEquals(
                Optional.empty(), policy.evaluate(evidence.evaluate(), SHA256).identity());
    }

    @Test
    void aPolicyJudgesPcrsThatExistInOneModeAndItsClausesLookAtNoOther() {
        EventPolicy.Builder builder =
                EventPolicy.builder().judge(0, PcrMode.EMPTY).judge(23, PcrMode.FREE);
        builder.judge(0, PcrMode.EMPTY);
        assertThrows(IllegalArgumentException.class, () -> builder.judge(0, PcrMode.FREE));
        assertThrows(IllegalArgumentException.class, () -> builder.judge(24, PcrMode.FREE));
        assertThrows(IllegalArgumentException.class, () -> builder.judge(-1, PcrMode.FREE));
        assertThrows(IllegalArgumentException.class, () -> builder.allowUserspaceRecords(24));
        EventPolicy policy = builder.build();
        assertEquals(Map.of(0, PcrMode.EMPTY, 23, PcrMode.FREE), policy.modes());
        assertEquals(Set.of(0, 23), policy.requiredPcrs());
        assertThrows(IllegalStateException.class, () -> EventPolicy.builder().build());
        EventPolicy.Builder tooFar = policy.toBuilder().require("clause", List.of(0, 4), ANYTHING);
        assertThrows(IllegalStateException.class, tooFar::build);
        EventPolicy.Builder reported = policy.toBuilder().report("remark", List.of(0, 4), ANYTHING);
        assertEquals(policy.modes(), reported.build().modes());
    }

    @Test
    void longTextsAreCut() throws Exception {
        for (int length : List.of(Finding.MAX_TEXT, Finding.MAX_TEXT + 1)) {
            String text = "x".repeat(length);
            EventClause clause = log -> Judgement.failed(List.of(), text, text);
            Finding finding = finding(judge(clause, "a"), "clause");
            String expected = length == Finding.MAX_TEXT ? text : "x".repeat(Finding.MAX_TEXT - 4) + " ...";
            assertEquals(expected, finding.expected());
            assertEquals(expected, finding.found());
        }
        for (int count : List.of(10, 11)) {
            String[] texts =
                    IntStream.range(0, count).mapToObj(i -> "event " + i).toArray(String[]::new);
            String found = finding(judge(Clauses.empty(4), texts), "clause").found();
            assertEquals(count == 11, found.endsWith(" and 1 more"), found);
            assertEquals(count == 11, found.contains(" more"), found);
            assertEquals(10, found.split("PCR 4", -1).length - 1);
        }
        assertEquals("nothing", Clauses.describe(List.of()));
        assertEquals("nothing", Clauses.describePinned(SHA256, List.of()));
    }

    @Test
    void aClauseOfTheCallersIsJudgedWithTheOthersOfABootPolicy() throws Exception {
        ReferenceState state = ForgedBoot.state("uki-secureboot");
        ForgedBoot boot = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = boot.policy(state);
        EventClause fewer = log -> log.events(3).size() > 100
                ? Judgement.passed(log.events(3), "many events", Constraint.REPLAYED)
                : Judgement.failed(log.events(3), "many events", log.events(3).size() + " events");
        BootPolicy more = policy.and("many", List.of(3), fewer);
        assertEquals(List.of(), BootPolicyTest.rules(boot.judgeHonestly(policy)));
        assertEquals(List.of("many"), BootPolicyTest.rules(boot.judgeHonestly(more)));
        assertEquals(
                List.of("many", "again"),
                BootPolicyTest.rules(boot.judgeHonestly(more.and("again", List.of(3), fewer))));
        assertTrue(more.modes().containsKey(3));
        assertFalse(policy.modes().containsKey(15));
        BootPolicy ofAnotherPcr = policy.and("none", List.of(15), Clauses.empty(15));
        assertEquals(PcrMode.CONTENT, ofAnotherPcr.modes().get(15));
        assertEquals(List.of(), BootPolicyTest.rules(boot.judgeHonestly(ofAnotherPcr)));
        assertEquals(policy.banks(), more.banks());
        assertEquals(
                List.copyOf(more.modes().keySet()),
                more.requiredPcrs(SHA256, false).banks().get(0).pcrs());
    }

    @Test
    void aStateIsMadeOnlyIfItAcceptsItsOwnBoot() throws Exception {
        ForgedBoot boot = ForgedBoot.of("uki-secureboot");
        ReplayedLog evidence = boot.replay().compareWith(ForgedBoot.values("uki-secureboot"));
        ReferenceState state = Enrolment.enrol(evidence, ReferenceStateMaker.create());
        assertTrue(Enrolment.isSecureBootEnabled(evidence, state));
        ReplayedLog other = ForgedBoot.of("uki-direct").replay().compareWith(ForgedBoot.values("uki-direct"));
        ReferenceStateException refused =
                assertThrows(ReferenceStateException.class, () -> Enrolment.verify(other, state));
        assertTrue(refused.reasons().stream().anyMatch(reason -> reason.startsWith("images: failed: ")));
        assertFalse(Enrolment.isSecureBootEnabled(other, Enrolment.enrol(other, ReferenceStateMaker.create())));
    }

    @Test
    void reportsWriteTheseNames() {
        assertEquals(
                List.of("accepted", "accepted-if-fresh", "accepted-if-values-are-true", "rejected"),
                Stream.of(Verdict.Outcome.values()).map(Verdict.Outcome::id).toList());
        assertEquals(
                List.of("passed", "failed", "not-evaluated"),
                Stream.of(Finding.Outcome.values()).map(Finding.Outcome::id).toList());
        assertEquals(
                List.of("pinned: pinned", "content: content checked", "replayed: replayed only", "none: nothing"),
                Stream.of(Constraint.values())
                        .map(constraint -> constraint.id() + ": " + constraint)
                        .toList());
        assertEquals(
                "secure-boot-events: the Secure Boot events",
                Rule.SECURE_BOOT_EVENTS + ": " + Rule.SECURE_BOOT_EVENTS.description());
        assertEquals(
                Rule.values().length,
                Stream.of(Rule.values()).map(Rule::id).distinct().count());
        assertEquals(
                Map.ofEntries(
                        Map.entry(2, Rule.DRIVERS),
                        Map.entry(4, Rule.IMAGES),
                        Map.entry(7, Rule.SECURE_BOOT_EVENTS),
                        Map.entry(8, Rule.LOADER_COMMANDS),
                        Map.entry(9, Rule.LOADED_FILES),
                        Map.entry(11, Rule.SECTIONS),
                        Map.entry(12, Rule.COMMAND_LINE),
                        Map.entry(13, Rule.EXTENSIONS),
                        Map.entry(14, Rule.MOK_LISTS),
                        Map.entry(1, Rule.PINNED),
                        Map.entry(15, Rule.PINNED)),
                Stream.of(1, 2, 4, 7, 8, 9, 11, 12, 13, 14, 15).collect(Collectors.toMap(pcr -> pcr, Rule::forPcr)));
        assertEquals("sha256:15", new FirstUsePins.Pcr(SHA256, 15).toString());
    }
}
