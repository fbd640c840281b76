package io.github.measuredboot.policy;

import static io.github.measuredboot.testing.ReferenceStates.digest;
import static io.github.measuredboot.testing.ReferenceStates.sha1;
import static io.github.measuredboot.testing.ReferenceStates.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.SecureBoot;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceState.Uki;
import io.github.measuredboot.policy.ReferenceState.UkiSection;
import io.github.measuredboot.policy.ReferenceState.UserspaceDigest;
import io.github.measuredboot.policy.ReferenceStateDiff.Category;
import io.github.measuredboot.policy.ReferenceStateDiff.Change;
import io.github.measuredboot.policy.ReferenceStateDiff.Kind;
import io.github.measuredboot.policy.ReferenceStateDiff.Part;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

class ReferenceStateDiffTest {
    private static final DigestSet BOTH_BANKS =
            DigestSet.of(digest(HashAlgorithm.SHA1, 1), digest(HashAlgorithm.SHA256, 1));
    private static final Guid OWNER = Guid.parse("77fa9abd-0359-4d32-bd60-28f4e78f784b");

    @Property(tries = 150)
    @Domain(ReferenceStates.class)
    void aStateDoesNotDifferFromItself(@ForAll ReferenceState state) {
        assertEquals(List.of(), ReferenceStateDiff.between(state, state).changes());
        ReferenceState withoutProvenance = new ReferenceState(
                state.firmware(), state.secureBoot(), state.uki(), state.userspaceDigests(), List.of());
        assertTrue(ReferenceStateDiff.between(state, withoutProvenance).isEmpty());
    }

    @Property(tries = 200)
    @Domain(ReferenceStates.class)
    @Domain(DomainContext.Global.class)
    void statesWithoutDifferenceExpectTheSame(
            @ForAll ReferenceState before, @ForAll ReferenceState other, @ForAll @IntRange(max = 15) int replaced) {
        ReferenceState after = state(
                (replaced & 1) == 0 ? reversed(before.firmware()) : other.firmware(),
                (replaced & 2) == 0 ? twice(before.secureBoot()) : other.secureBoot(),
                (replaced & 4) == 0 ? before.uki() : other.uki(),
                (replaced & 8) == 0 ? before.userspaceDigests() : other.userspaceDigests());
        boolean expectTheSame = sorted(before.firmware()).equals(sorted(after.firmware()))
                && sets(before.secureBoot()).equals(sets(after.secureBoot()))
                && before.uki().equals(after.uki())
                && before.userspaceDigests().equals(after.userspaceDigests());
        assertEquals(expectTheSame, ReferenceStateDiff.between(before, after).isEmpty());
    }

    @Property(tries = 150)
    @Domain(ReferenceStates.class)
    void whatOneDirectionAddsTheOtherRemoves(@ForAll ReferenceState before, @ForAll ReferenceState after) {
        ReferenceStateDiff forth = ReferenceStateDiff.between(before, after);
        ReferenceStateDiff back = ReferenceStateDiff.between(after, before);
        assertEquals(forth, ReferenceStateDiff.between(before, after));
        for (Part part : List.of(Part.FIRMWARE, Part.PK, Part.KEK, Part.DB, Part.DBX)) {
            assertEquals(items(forth, part, Kind.ADDED), items(back, part, Kind.REMOVED));
            assertEquals(items(forth, part, Kind.REMOVED), items(back, part, Kind.ADDED));
        }
        assertEquals(forth.isEmpty(), back.isEmpty());
    }

    @Property(tries = 150)
    @Domain(ReferenceStates.class)
    void onePlaceThatDiffersIsTheOnlyChange(@ForAll ReferenceState state, @ForAll DigestSet image) {
        ReferenceState other = withUki(
                state,
                new Uki(
                        image,
                        state.uki().sections(),
                        state.uki().imagesBefore(),
                        state.uki().kernel()));
        List<Change> changes = ReferenceStateDiff.between(state, other).changes();
        assertEquals(image.equals(state.uki().image()) ? 0 : 1, changes.size());
        changes.forEach(change -> assertEquals(Part.UKI_DIGEST, change.part()));
    }

    @Test
    void digestsOfOtherAlgorithmsAreNeverEqual() {
        assertEquals(DigestSet.Match.NOT_COMPARABLE, sha1(1).compareWith(sha256(1)));
        assertEquals(DigestSet.Match.NOT_COMPARABLE, DigestSet.EMPTY.compareWith(DigestSet.EMPTY));
        assertEquals(DigestSet.Match.EQUAL, BOTH_BANKS.compareWith(sha256(1)));
        assertEquals(DigestSet.Match.DIFFERENT, BOTH_BANKS.compareWith(sha256(2)));

        assertChange(uki(sha1(1)), uki(sha256(1)), Part.UKI_DIGEST, Kind.NOT_COMPARABLE, Category.OTHER_COVERAGE);
        assertChange(uki(BOTH_BANKS), uki(sha1(1)), Part.UKI_DIGEST, Kind.OTHER_ALGORITHMS, Category.OTHER_COVERAGE);
        assertChange(uki(BOTH_BANKS), uki(sha256(2)), Part.UKI_DIGEST, Kind.CHANGED, Category.UKI_CHANGED);
        assertChange(uki(sha1(1)), uki(DigestSet.EMPTY), Part.UKI_DIGEST, Kind.REMOVED, Category.OTHER_COVERAGE);
        assertChange(
                firmware(sha1(0), sha1(1), sha1(2)),
                firmware(sha1(0), sha256(1), sha256(2)),
                Part.PLATFORM_FIRMWARE,
                Kind.NOT_COMPARABLE,
                Category.OTHER_COVERAGE);
    }

    @Test
    void firmwareBlobsAreAddedRemovedAndMoved() {
        ReferenceState before = firmware(sha256(0), sha256(1), sha256(2), sha256(3), sha256(4));
        ReferenceStateDiff diff =
                ReferenceStateDiff.between(before, firmware(sha256(0), sha256(4), sha256(1), sha256(5), sha256(3)));
        assertEquals(Set.of(Category.FIRMWARE_UPDATE), diff.categories());
        assertEquals(Set.of(sha256(2).toString()), items(diff, Part.PLATFORM_FIRMWARE, Kind.REMOVED));
        assertEquals(Set.of(sha256(5).toString()), items(diff, Part.PLATFORM_FIRMWARE, Kind.ADDED));
        assertEquals(Set.of(sha256(4) + ": from place 4 to 1"), items(diff, Part.PLATFORM_FIRMWARE, Kind.MOVED));
        assertChange(
                before,
                firmware(sha256(9), sha256(1), sha256(2), sha256(3), sha256(4)),
                Part.SCRTM,
                Kind.CHANGED,
                Category.FIRMWARE_UPDATE);
        assertChange(
                before,
                firmware(DigestSet.EMPTY, sha256(1), sha256(2), sha256(3), sha256(4)),
                Part.SCRTM,
                Kind.REMOVED,
                Category.OTHER_COVERAGE);
    }

    @Test
    void firmwareAlternativesAreComparedWithoutOrder() {
        Firmware one = new Firmware(sha256(1), List.of());
        Firmware two = new Firmware(sha256(2), List.of());
        Firmware three = new Firmware(sha256(3), List.of());
        assertTrue(ReferenceStateDiff.between(firmware(one, two), firmware(two, one))
                .isEmpty());
        assertChange(firmware(one), firmware(two, one), Part.FIRMWARE, Kind.ADDED, Category.FIRMWARE_UPDATE);
        assertChange(firmware(one, two), firmware(three, one), Part.SCRTM, Kind.CHANGED, Category.FIRMWARE_UPDATE);
        assertChange(firmware(one), firmware(new Firmware[0]), Part.FIRMWARE, Kind.REMOVED, Category.FIRMWARE_UPDATE);
    }

    @Test
    void sectionsAreToldByName() {
        UkiSection linux = section(".linux", 1);
        UkiSection cmdline = section(".cmdline", 2);
        ReferenceStateDiff diff = ReferenceStateDiff.between(
                sections(linux, cmdline), sections(linux, section(".cmdline", 3), section(".initrd", 4)));
        assertEquals(
                Set.of(".cmdline " + sha256(2) + " -> " + sha256(3)), items(diff, Part.UKI_SECTIONS, Kind.CHANGED));
        assertEquals(Set.of(".initrd " + sha256(4)), items(diff, Part.UKI_SECTIONS, Kind.ADDED));
        assertEquals(Set.of(Category.UKI_CHANGED), diff.categories());
        assertChange(
                sections(linux, cmdline),
                sections(cmdline, linux),
                Part.UKI_SECTIONS,
                Kind.MOVED,
                Category.UKI_CHANGED);
        assertChange(sections(linux), sections(), Part.UKI_SECTIONS, Kind.REMOVED, Category.OTHER_COVERAGE);
    }

    @Test
    void imagesBeforeTheUkiAreTheBootChain() {
        ReferenceState none = uki(sha256(1));
        ReferenceState loader = withUki(none, new Uki(sha256(1), List.of(), List.of(sha256(7)), DigestSet.EMPTY));
        assertChange(none, loader, Part.IMAGES_BEFORE_UKI, Kind.ADDED, Category.BOOT_CHAIN_CHANGED);
        ReferenceState kernel = withUki(none, new Uki(sha256(1), List.of(), List.of(), sha256(7)));
        assertChange(none, kernel, Part.KERNEL, Kind.ADDED, Category.OTHER_COVERAGE);
    }

    @Test
    void userspaceMeasurementsAreComparedInTheBanksThatBothHave() {
        ReferenceState before = userspace(1, HashAlgorithm.SHA1, HashAlgorithm.SHA256);
        assertChange(
                before,
                userspace(1, HashAlgorithm.SHA256),
                Part.USERSPACE_DIGESTS,
                Kind.OTHER_ALGORITHMS,
                Category.OTHER_COVERAGE);
        assertChange(
                userspace(1, HashAlgorithm.SHA1),
                userspace(1, HashAlgorithm.SHA256),
                Part.USERSPACE_DIGESTS,
                Kind.NOT_COMPARABLE,
                Category.OTHER_COVERAGE);
        assertChange(before, userspace(1), Part.USERSPACE_DIGESTS, Kind.REMOVED, Category.OTHER_COVERAGE);
        ReferenceStateDiff diff =
                ReferenceStateDiff.between(before, userspace(2, HashAlgorithm.SHA1, HashAlgorithm.SHA256));
        assertEquals(Set.of(Category.USERSPACE_CHANGED), diff.categories());
    }

    @Test
    void keysAreToldByWhatTheyAre() {
        Signature hash = new Signature(OWNER, digest(HashAlgorithm.SHA256, 5).value());
        Signature other = new Signature(OWNER, Bytes.parseHex("00ff"));
        ReferenceStateDiff diff = ReferenceStateDiff.between(dbx(hash), dbx(other, other));
        assertEquals(Set.of(Category.DBX_UPDATE, Category.DBX_ROLLBACK), diff.categories());
        assertEquals(Set.of("hash " + "05".repeat(32) + ", owner " + OWNER), items(diff, Part.DBX, Kind.REMOVED));
        String sha256Of00ff = "06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8";
        assertEquals(
                Set.of("2 bytes with SHA-256 " + sha256Of00ff + ", owner " + OWNER), items(diff, Part.DBX, Kind.ADDED));

        Signature foreign = new Signature(Guid.ZERO, other.data());
        assertChange(dbx(other), dbx(foreign), Part.DBX, Kind.CHANGED, Category.DBX_UPDATE);
    }

    @Test
    void bootsOfOneMachineHaveOneState() throws Exception {
        ReferenceState baseline = corpus("guard-test-hp-elitebook-830-g6-baseline");
        for (String same : List.of("guard-test-hp-elitebook-830-g6-add-mokx", "guard-test-before", "guard-elitebook")) {
            assertEquals(
                    List.of(),
                    ReferenceStateDiff.between(baseline, corpus(same)).changes());
        }
    }

    @Test
    void anotherImageOfTheSameMachineIsAChangedUki() throws Exception {
        assertChange(
                corpus("google-cos-85-amd-sev"),
                corpus("google-cos-93-amd-sev"),
                Part.UKI_DIGEST,
                Kind.CHANGED,
                Category.UKI_CHANGED);
    }

    @Test
    void anotherMachineDiffersByNamedCertificates() throws Exception {
        ReferenceStateDiff diff =
                ReferenceStateDiff.between(corpus("guard-test-before"), corpus("guard-latitude-7520"));
        assertEquals(
                Set.of(
                        Category.FIRMWARE_UPDATE,
                        Category.KEY_ROTATION,
                        Category.DBX_UPDATE,
                        Category.DBX_ROLLBACK,
                        Category.UKI_CHANGED),
                diff.categories());
        String pk = items(diff, Part.PK, Kind.REMOVED).iterator().next();
        assertTrue(pk.contains("CN=HP UEFI Secure Boot PK 2017"), pk);
        assertTrue(pk.endsWith(", owner f5a96b31-dba0-4faa-a42a-7a0c9832768e"), pk);
        assertEquals(12, items(diff, Part.PLATFORM_FIRMWARE, Kind.ADDED).size());
        assertEquals(184, items(diff, Part.DBX, Kind.ADDED).size());
        assertEquals(1, items(diff, Part.DBX, Kind.REMOVED).size());
    }

    @Test
    void everyPairOfTheCorpusHasSentences() throws Exception {
        List<ReferenceState> states = new ArrayList<>();
        for (Path file : ReferenceStates.ofCorpus()) {
            states.add(read(file));
        }
        for (ReferenceState before : states) {
            for (ReferenceState after : states) {
                for (Change change : ReferenceStateDiff.between(before, after).changes()) {
                    assertFalse(change.items().isEmpty());
                    assertTrue(change.sentence().matches("[\\x20-\\x7e]{30,250}\\."), change.sentence());
                }
            }
        }
    }

    private static void assertChange(
            ReferenceState before, ReferenceState after, Part part, Kind kind, Category category) {
        List<Change> changes = ReferenceStateDiff.between(before, after).changes();
        assertEquals(1, changes.size(), changes.toString());
        Change change = changes.get(0);
        assertEquals(part + " " + kind + " " + category, change.part() + " " + change.kind() + " " + change.category());
    }

    private static Set<String> items(ReferenceStateDiff diff, Part part, Kind kind) {
        Set<String> items = new HashSet<>();
        diff.changes().stream()
                .filter(change -> change.part() == part && change.kind() == kind)
                .forEach(change -> items.addAll(change.items()));
        return items;
    }

    private static ReferenceState corpus(String name) throws Exception {
        return read(ReferenceStates.ofCorpus(name));
    }

    private static ReferenceState read(Path file) throws Exception {
        return ReferenceStateJson.parse(Bytes.wrap(TestLogs.read(file))).state();
    }

    private static List<Firmware> sorted(List<Firmware> firmware) {
        return firmware.stream()
                .sorted(Comparator.comparing(Firmware::toString))
                .toList();
    }

    private static List<Firmware> reversed(List<Firmware> firmware) {
        List<Firmware> reversed = new ArrayList<>(firmware);
        Collections.reverse(reversed);
        return reversed;
    }

    private static SecureBoot twice(SecureBoot keys) {
        List<Signature> dbx = new ArrayList<>(keys.dbx());
        dbx.addAll(keys.dbx());
        return new SecureBoot(keys.pk(), keys.kek(), keys.db(), dbx);
    }

    private static List<Set<Signature>> sets(SecureBoot keys) {
        return List.of(
                new HashSet<>(keys.pk()),
                new HashSet<>(keys.kek()),
                new HashSet<>(keys.db()),
                new HashSet<>(keys.dbx()));
    }

    private static ReferenceState state(
            List<Firmware> firmware, SecureBoot keys, Uki uki, List<UserspaceDigest> later) {
        return new ReferenceState(firmware, keys, uki, later, List.of());
    }

    private static ReferenceState uki(DigestSet image) {
        return state(List.of(), SecureBoot.EMPTY, Uki.of(image), List.of());
    }

    private static ReferenceState withUki(ReferenceState state, Uki uki) {
        return state(state.firmware(), state.secureBoot(), uki, state.userspaceDigests());
    }

    private static ReferenceState firmware(Firmware... alternatives) {
        return state(List.of(alternatives), SecureBoot.EMPTY, Uki.of(DigestSet.EMPTY), List.of());
    }

    private static ReferenceState firmware(DigestSet scrtm, DigestSet... blobs) {
        return firmware(new Firmware(scrtm, List.of(blobs)));
    }

    private static UkiSection section(String name, int filledWith) {
        return new UkiSection(Optional.of(name), sha256(filledWith));
    }

    private static ReferenceState sections(UkiSection... sections) {
        Uki uki = new Uki(sha256(1), List.of(sections), List.of(), DigestSet.EMPTY);
        return state(List.of(), SecureBoot.EMPTY, uki, List.of());
    }

    private static ReferenceState dbx(Signature... dbx) {
        SecureBoot keys = new SecureBoot(List.of(), List.of(), List.of(), List.of(dbx));
        return state(List.of(), keys, Uki.of(DigestSet.EMPTY), List.of());
    }

    private static ReferenceState userspace(int filledWith, HashAlgorithm... algorithms) {
        List<UserspaceDigest> digests = Arrays.stream(algorithms)
                .map(algorithm -> new UserspaceDigest(11, digest(algorithm, filledWith)))
                .toList();
        return state(List.of(), SecureBoot.EMPTY, Uki.of(DigestSet.EMPTY), digests);
    }
}
