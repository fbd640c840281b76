package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB;
import static io.github.measuredboot.eventlog.EventType.EV_POST_CODE;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static io.github.measuredboot.eventlog.EventType.EV_S_CRTM_VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The captured boots, judged against the state of an earlier boot of the same machine, and of others. */
class BootPolicyTest {
    private static final Bytes OTHER = Bytes.encode("something else", StandardCharsets.US_ASCII);

    @Test
    void aBootIsAcceptedAgainstItsOwnState() throws Exception {
        for (String boot :
                List.of("uki-direct", "sdboot-uki", "systemd-userland", "uki-secureboot", "two-boots-first")) {
            Verdict verdict = judge(ForgedBoot.state(boot), boot, boot.equals("uki-secureboot"));
            assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, verdict.outcome(), boot + verdict.rejections());
            assertEquals(HashAlgorithm.SHA512, verdict.bank());
        }
    }

    @Test
    void anotherBootOrderIsAccepted() throws Exception {
        Verdict verdict = judge(ForgedBoot.state("boot-order-before"), "boot-order-after", false);
        assertEquals(List.of(), verdict.rejections());
    }

    @Test
    void anotherBootEntryIsAccepted() throws Exception {
        Verdict verdict = judge(ForgedBoot.state("uki-direct"), "uki-direct-extra-boot-entry", false);
        assertEquals(List.of(), verdict.rejections());
    }

    @Test
    void anotherUkiIsRejectedAndNamed() throws Exception {
        Verdict verdict = judge(ForgedBoot.state("uki-direct"), "uki-direct-other-cmdline", false);
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
        assertEquals(List.of("images"), rules(verdict));
        Finding images = verdict.rejections().get(0);
        assertEquals(1, images.events().size(), images.found());
    }

    @Test
    void secureBootOffIsRejected() throws Exception {
        Verdict verdict = judge(ForgedBoot.state("uki-direct"), "uki-direct", true);
        assertEquals(List.of("state", "secure-boot"), rules(verdict));
        assertFalse(verdict.isAcceptedIfEvidenceIsTrue());
    }

    @Test
    void secureBootTurnedOffLaterIsRejected() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = good.policy(good.state());
        ForgedBoot off = ForgedVariables.change(good, "SecureBoot", on -> Bytes.parseHex("00"));
        assertEquals(List.of("secure-boot"), rules(off.judgeHonestly(policy)));
        ReferenceState state = good.state();
        BootPolicy tolerant = BootPolicy.of(
                state, PolicyOptions.builderFor(state).allowSecureBootOff().build());
        assertEquals(List.of(), rules(off.judgeHonestly(tolerant)));
    }

    @Test
    void otherKeysAreRejected() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = good.policy(good.state());
        for (String name : List.of("PK", "KEK", "db")) {
            String rule = name.equals("db") ? "db" : name.equals("PK") ? "pk" : "kek";
            ForgedBoot more = ForgedVariables.withMore(good, name, ForgedVariables.otherHash());
            assertEquals(List.of(rule), rules(more.judgeHonestly(policy)), "more in " + name);
            ForgedBoot others = ForgedVariables.withLists(good, name, List.of(ForgedVariables.otherHash()));
            assertEquals(List.of(rule), rules(others.judgeHonestly(policy)), "others in " + name);
        }
        ForgedBoot fewer = ForgedVariables.withLists(good, "db", List.of());
        assertEquals(List.of(), rules(fewer.judgeHonestly(policy)), "what is gone from db cannot boot");
    }

    @Test
    void dbxMayGrowAndMustNotShrink() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = good.policy(good.state());
        ForgedBoot grown = ForgedVariables.withMore(good, "dbx", ForgedVariables.otherHash());
        assertEquals(List.of(), rules(grown.judgeHonestly(policy)));
        ForgedBoot shrunk = ForgedVariables.withLists(good, "dbx", List.of());
        assertEquals(List.of("dbx"), rules(shrunk.judgeHonestly(policy)));
        BootPolicy afterwards = good.policy(grown.state());
        assertEquals(List.of("dbx"), rules(good.judgeHonestly(afterwards)));
    }

    @Test
    void otherFirmwareIsRejected() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = good.policy(good.state());
        for (EventType type : List.of(EV_S_CRTM_VERSION, EV_EFI_PLATFORM_FIRMWARE_BLOB)) {
            int index = good.indexOf(0, type);
            ForgedBoot other = good.replace(
                    index,
                    good.measured(0, type, OTHER, good.events().get(index).data()));
            assertEquals(List.of("firmware"), rules(other.judgeHonestly(policy)), type.name());
        }
    }

    /** A fleet of several models, or of one before and after an update: each must be whole, and no mixture will do. */
    @Test
    void oneOfSeveralFirmwaresIsEnough() throws Exception {
        ForgedBoot first = ForgedBoot.of("uki-secureboot");
        int version = first.indexOf(0, EV_S_CRTM_VERSION);
        int blob = first.indexOf(0, EV_EFI_PLATFORM_FIRMWARE_BLOB);
        ForgedBoot otherVersion = first.replace(version, first.measured(0, EV_S_CRTM_VERSION, OTHER, OTHER));
        ForgedBoot second = otherVersion.replace(
                blob,
                first.measured(
                        0,
                        EV_EFI_PLATFORM_FIRMWARE_BLOB,
                        OTHER,
                        first.events().get(blob).data()));
        List<Firmware> both = Stream.of(first.state(), second.state())
                .flatMap(state -> state.firmware().stream())
                .toList();
        for (boolean swapped : List.of(false, true)) {
            List<Firmware> firmware = new ArrayList<>(both);
            if (swapped) {
                Collections.reverse(firmware);
            }
            ReferenceState state = first.state().toBuilder().firmware(firmware).build();
            for (ReferenceState form : List.of(state, asFieldForm(state))) {
                BootPolicy policy = first.policy(form);
                assertEquals(List.of(), rules(first.judgeHonestly(policy)));
                assertEquals(List.of(), rules(second.judgeHonestly(policy)));
                assertEquals(List.of("firmware"), rules(otherVersion.judgeHonestly(policy)), "a mixture");
            }
        }
    }

    /** The tool in the field does not know any other event of PCR 0: its states tolerate them only if they are asked to. */
    @Test
    void statesOfTheToolInTheFieldTolerateOtherFirmwareEventsOnRequest() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        ReferenceState theirs = ofTheToolInTheField(good.state());
        assertEquals(List.of(), rules(good.judgeHonestly(good.policy(theirs))));
        int separator = good.indexOf(0, EV_SEPARATOR);
        ForgedBoot postCode = good.insert(separator, good.measured(0, EV_POST_CODE, OTHER, OTHER));
        Verdict verdict = postCode.judgeHonestly(good.policy(theirs));
        assertEquals(List.of("firmware"), rules(verdict));
        assertTrue(
                verdict.rejections().get(0).message().contains("--allow-unpinned-firmware-events"),
                verdict.rejections().get(0).message());
        BootPolicy tolerant = BootPolicy.of(
                theirs, good.options(theirs).allowUnpinnedFirmwareEvents().build());
        assertEquals(List.of(), rules(postCode.judgeHonestly(tolerant)));
        int blob = good.indexOf(0, EV_EFI_PLATFORM_FIRMWARE_BLOB);
        ForgedBoot withoutBlob = postCode.remove(blob);
        assertEquals(List.of("firmware"), rules(withoutBlob.judgeHonestly(tolerant)));
        ForgedBoot blobTooLate = withoutBlob.append(good.events().get(blob));
        assertEquals(List.of("firmware"), rules(blobTooLate.judgeHonestly(tolerant)));
        BootPolicy full = BootPolicy.of(
                good.state(),
                good.options(good.state()).allowUnpinnedFirmwareEvents().build());
        assertEquals(List.of("firmware"), rules(postCode.judgeHonestly(full)), "a full state pins them all");
    }

    @Test
    void anyImageThatIsNotPinnedIsRejected() throws Exception {
        for (String boot : List.of("uki-secureboot", "uki-direct", "sdboot-uki")) {
            ForgedBoot good = ForgedBoot.of(boot);
            for (ReferenceState state : List.of(good.state(), asFieldForm(good.state()))) {
                BootPolicy policy = good.policy(state);
                for (int index : good.indexesOf(4)) {
                    ForgedBoot more =
                            good.insert(index, good.measured(4, EV_EFI_BOOT_SERVICES_APPLICATION, OTHER, OTHER));
                    assertEquals(List.of("images"), rules(more.judgeHonestly(policy)), boot + " at " + index);
                }
            }
        }
    }

    /** Firmware goes through its boot options until one starts: those that it finds nothing for measure no image. */
    @Test
    void bootAttemptsMayFailBefore() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        int image = good.indexOf(4, EV_EFI_BOOT_SERVICES_APPLICATION);
        Forged returning = action(good, "Returning from EFI Application from Boot Option");
        Forged calling = action(good, "Calling EFI Application from Boot Option");
        ForgedBoot once = good.insert(image, returning, calling);
        ForgedBoot twice = once.insert(image, returning, calling);
        ForgedBoot earlier = good.insert(good.indexesOf(4).get(1), returning, calling);
        for (ForgedBoot enrolled : List.of(good, once, twice)) {
            BootPolicy policy = enrolled.policy(enrolled.state());
            for (ForgedBoot boot : List.of(good, once, twice)) {
                assertEquals(List.of(), rules(boot.judgeHonestly(policy)));
            }
        }
        BootPolicy policy = once.policy(once.state());
        assertEquals(List.of("images"), rules(earlier.judgeHonestly(policy)), "at another place");
        for (ForgedBoot half : List.of(
                good.insert(image, returning),
                good.insert(image, calling),
                good.insert(image, calling, returning),
                good.insert(image, returning, good.measured(4, EV_POST_CODE, OTHER, OTHER), calling))) {
            assertEquals(List.of("images"), rules(half.judgeHonestly(policy)));
        }
    }

    private static Forged action(ForgedBoot boot, String text) {
        Bytes action = Bytes.encode(text, StandardCharsets.US_ASCII);
        return boot.measured(4, EventType.EV_EFI_ACTION, action, action);
    }

    @Test
    void whatAStateLacksIsNamed() throws Exception {
        ForgedBoot boot = ForgedBoot.of("systemd-userland");
        ReferenceState full =
                boot.state(ReferenceStateMaker.builder().pinUserspace(true).build());
        assertEquals("all", state(boot, full).found());
        PinnedPcr noImages = new PinnedPcr(4, PcrMode.SEQUENCE, List.of(List.of()));
        assertEquals(
                "it lacks: boot images",
                state(boot, full.toBuilder().pcr(noImages).build()).found());
        List<UserspaceDigest> digests = new ArrayList<>(full.userspaceDigests());
        digests.add(new UserspaceDigest(7, ForgedBoot.hash(HashAlgorithm.SHA256, OTHER)));
        assertEquals(
                "it lacks: userspace digests that are all outside the PCRs of the firmware, 0 to 7",
                state(boot, full.toBuilder().userspaceDigests(digests).build()).found());
    }

    private static Finding state(ForgedBoot boot, ReferenceState state) {
        return finding(
                boot.judgeHonestly(BootPolicy.of(
                        state, boot.options(state).pinUserspace(true).build())),
                "state");
    }

    static Finding finding(Verdict verdict, String rule) {
        return verdict.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstUserspaceDigestThatDiffersIsNamed() throws Exception {
        ForgedBoot boot = ForgedBoot.of("systemd-userland");
        ReferenceState state =
                boot.state(ReferenceStateMaker.builder().pinUserspace(true).build());
        BootPolicy policy =
                BootPolicy.of(state, boot.options(state).pinUserspace(true).build());
        List<UserspaceDigest> pinned = state.userspaceDigests().stream()
                .filter(extended -> extended.digest().algorithm().equals(HashAlgorithm.SHA256))
                .toList();
        int pcr = pinned.get(0).pcr();
        long count = pinned.stream().filter(extended -> extended.pcr() == pcr).count();
        ForgedBoot more = boot.withUserspaceRecord(boot.measured(pcr, EV_POST_CODE, OTHER, OTHER));
        assertEquals(
                count + 1 + " digests, the first " + count + " are right",
                finding(more.judgeHonestly(policy), "userspace-digests").found());
        ForgedBoot none = new ForgedBoot(
                boot.header(), boot.events(), Optional.of(new UserspaceLog(List.of(), false, List.of())));
        ForgedBoot other = none.withUserspaceRecord(boot.measured(pcr, EV_POST_CODE, OTHER, OTHER));
        assertEquals(
                "1 digests, number 1 is " + ForgedBoot.hash(HashAlgorithm.SHA256, OTHER) + " instead of "
                        + pinned.get(0).digest(),
                finding(other.judgeHonestly(policy), "userspace-digests").found());
    }

    @Test
    void driversThatAreNotPinnedHaveARuleOfTheirOwn() throws Exception {
        Verdict verdict = judge(ForgedBoot.state("uki-secureboot"), "uki-secureboot", true);
        assertEquals(List.of(2), finding(verdict, "drivers").pcrs());
        assertFalse(finding(verdict, "free").pcrs().contains(2));
    }

    @Test
    void coverageAddsUpToTheLog() throws Exception {
        Verdict verdict = judge(ForgedBoot.state("uki-secureboot"), "uki-secureboot", true);
        Map<Constraint, Integer> bytes = verdict.coverage().logBytes();
        assertEquals(
                ForgedBoot.log("uki-secureboot").bytes().length(),
                bytes.values().stream().mapToInt(Integer::intValue).sum());
    }

    static ReferenceState asFieldForm(ReferenceState state) throws Exception {
        return ReferenceStateJson.parse(
                        Bytes.encode(ReferenceStateJson.write(state, Form.FIELD), StandardCharsets.UTF_8))
                .state();
    }

    /** Without the members that other tools do not write. */
    static ReferenceState ofTheToolInTheField(ReferenceState state) throws Exception {
        ReferenceState theirs = asFieldForm(state);
        return theirs.toBuilder()
                .firmware(theirs.firmware().stream()
                        .map(firmware -> Firmware.builder()
                                .scrtm(firmware.scrtm())
                                .platformFirmware(firmware.platformFirmware())
                                .build())
                        .toList())
                .build();
    }

    static List<String> rules(Verdict verdict) {
        return verdict.rejections().stream().map(Finding::rule).toList();
    }

    private static Verdict judge(ReferenceState state, String boot, boolean requireSecureBoot) throws Exception {
        PolicyOptions.Builder options = PolicyOptions.builderFor(state);
        if (!requireSecureBoot) {
            options.allowSecureBootOff();
        }
        ReplayedLog replayed = ForgedBoot.of(boot).replay().compareWith(ForgedBoot.values(boot));
        return BootPolicy.of(state, options.build()).evaluate(replayed);
    }
}
