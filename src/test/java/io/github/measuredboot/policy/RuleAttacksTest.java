package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_DRIVER;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_AUTHORITY;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_DRIVER_CONFIG;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_NO_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static io.github.measuredboot.policy.BootPolicyTest.asFieldForm;
import static io.github.measuredboot.policy.BootPolicyTest.ofTheToolInTheField;
import static io.github.measuredboot.policy.BootPolicyTest.rules;
import static io.github.measuredboot.policy.MutatedBoots.EVIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.StartupLocalityEvent;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For each rule an attacker whose TPM tells the truth, and whose log is true as well: it is the rule that must reject. */
class RuleAttacksTest {
    private ForgedBoot good;
    private ReferenceState state;
    private BootPolicy policy;

    @BeforeEach
    void readsTheGoodBoot() throws Exception {
        enrol(ForgedBoot.of("uki-secureboot"));
    }

    private void enrol(ForgedBoot boot) throws ReferenceStateException {
        good = boot;
        state = boot.state();
        policy = boot.policy(state);
        assertAccepted(boot);
    }

    private void assertAccepted(ForgedBoot boot) {
        assertEquals(List.of(), rules(boot.judgeHonestly(policy)));
    }

    private void assertRejected(String rule, ForgedBoot boot) {
        List<String> rules = rules(boot.judgeHonestly(policy));
        assertTrue(rules.contains(rule), rule + " is not among " + rules);
    }

    private Forged event(int index) {
        return good.events().get(index);
    }

    // Secure Boot variables

    @Test
    void eachSecureBootVariableIsMeasuredOnceAndBeforeTheSeparator() throws Exception {
        ReferenceState full = state;
        for (ReferenceState form : List.of(full, asFieldForm(full))) {
            policy = good.policy(form);
            int separator = good.indexOf(7, EV_SEPARATOR);
            for (String name : List.of("SecureBoot", "PK", "KEK", "db", "dbx")) {
                int index = ForgedVariables.indexOf(good, name);
                assertRejected("secure-boot-events", good.insert(index, event(index)));
                assertRejected("secure-boot-events", good.insert(separator, event(index)));
                Forged other = ForgedVariables.withContent(good, name, Bytes.parseHex("00"));
                assertRejected("secure-boot-events", good.insert(index, other));
                assertRejected("secure-boot-events", good.insert(index + 1, other));
                String rule = name.equals("SecureBoot") ? "secure-boot" : name.toLowerCase(Locale.ROOT);
                assertRejected(rule, good.remove(index));
                assertRejected(rule, good.remove(index).append(event(index)));
                ForgedBoot nothing = good.replace(index, ForgedVariables.withContent(good, name, Bytes.EMPTY));
                boolean isWhatAllows = List.of("PK", "KEK", "db").contains(name);
                assertEquals(isWhatAllows ? List.of() : List.of(rule), rules(nothing.judgeHonestly(policy)), name);
                Forged uncovered = event(index).withData(EVIL);
                assertRejected(rule, good.replace(index, uncovered));
            }
            assertRejected("secure-boot-events", good.insert(separator, good.measured(7, EV_IPL, EVIL, EVIL)));
        }
    }

    @Test
    void variablesAreInTheOrderOfTheGoodBoot() {
        List<Integer> indexes = good.indexesOf(7);
        for (int i = 0; i + 1 < indexes.size() && indexes.get(i + 1) < good.indexOf(7, EV_SEPARATOR); i++) {
            ForgedBoot swapped = good.replace(indexes.get(i), event(indexes.get(i + 1)))
                    .replace(indexes.get(i + 1), event(indexes.get(i)));
            assertRejected("secure-boot-events", swapped);
        }
    }

    /** Firmware looks for a hash only in lists of hashes, and for a certificate only in lists of certificates. */
    @Test
    void whatIsRevokedIsInAListThatFirmwareLooksInto() throws Exception {
        SignatureList certificate = ForgedVariables.lists(good, "db").get(0);
        enrol(ForgedVariables.withMore(good, "dbx", certificate, ForgedVariables.otherHash()));
        assertEquals(SignatureType.X509.guid(), certificate.signatureType());
        for (ReferenceState form : List.of(state, asFieldForm(state))) {
            policy = good.policy(form);
            List<SignatureList> lists = ForgedVariables.lists(good, "dbx");
            for (int i = 0; i < lists.size(); i++) {
                boolean isHash = lists.get(i).type().equals(Optional.of(SignatureType.SHA256));
                for (SignatureType type :
                        isHash ? List.of(SignatureType.SM3) : List.of(SignatureType.PKCS7, SignatureType.X509_SHA256)) {
                    if (type.size().isEmpty()
                            || type.size().getAsInt() == lists.get(i).signatureSize() - Guid.SIZE) {
                        List<SignatureList> retyped = new ArrayList<>(lists);
                        retyped.set(i, ForgedVariables.retyped(lists.get(i), type));
                        assertRejected("dbx", ForgedVariables.withLists(good, "dbx", retyped));
                    }
                }
                List<SignatureList> shrunk = new ArrayList<>(lists);
                shrunk.remove(i);
                assertRejected("dbx", ForgedVariables.withLists(good, "dbx", shrunk));
                List<SignatureList> doubled = new ArrayList<>(lists);
                doubled.add(lists.get(i));
                assertAccepted(ForgedVariables.withLists(good, "dbx", doubled));
            }
            List<SignatureList> reversed = new ArrayList<>(lists);
            Collections.reverse(reversed);
            assertAccepted(ForgedVariables.withLists(good, "dbx", reversed));
            SignatureList first = lists.get(lists.size() - 1);
            SignatureList ofAnotherOwner = SignatureList.of(
                    SignatureType.SHA256,
                    new SignatureData(Guid.ZERO, first.signatures().get(0).signature()));
            List<SignatureList> owned = new ArrayList<>(lists);
            owned.set(lists.size() - 1, ofAnotherOwner);
            assertRejected("dbx", ForgedVariables.withLists(good, "dbx", owned));
        }
    }

    // Authorities

    private Forged authority(SignatureData entry) {
        VariableData db = ForgedVariables.variable(good, "db");
        Bytes data = new VariableData(db.variableName(), "db", entry.encode(), Bytes.EMPTY).encode();
        return good.measured(7, EV_EFI_VARIABLE_AUTHORITY, data, data);
    }

    @Test
    void anAuthorityIsAnEntryOfThePinnedDb() throws Exception {
        SignatureData foreign = new SignatureData(ForgedVariables.OWNER, ForgedVariables.OTHER_HASH);
        ForgedBoot withTwoKeys = ForgedVariables.withMore(good, "db", ForgedVariables.otherHash());
        enrol(withTwoKeys);
        int authority = good.indexOf(7, EV_EFI_VARIABLE_AUTHORITY);
        for (ReferenceState form : List.of(state, asFieldForm(state))) {
            policy = good.policy(form);
            assertAccepted(good.replace(authority, authority(foreign)));
            SignatureData other = new SignatureData(ForgedVariables.OWNER, Bytes.parseHex("66".repeat(32)));
            assertRejected("authorities", good.replace(authority, authority(other)));
            assertRejected("authorities", good.insert(authority, authority(other)));
            assertRejected("authorities", good.append(authority(other)));
            Forged uncovered = authority(other).withData(authority(foreign).data());
            assertRejected("authorities", good.replace(authority, uncovered));
            Forged measuredAlone = good.measured(
                    7, EV_EFI_VARIABLE_AUTHORITY, EVIL, event(authority).data());
            assertRejected("authorities", good.replace(authority, measuredAlone));
            assertRejected("authorities", good.append(good.measured(7, EV_EFI_ACTION, EVIL, EVIL)));
        }
        policy = good.policy(state);
        assertRejected("authorities", good.remove(authority));
        assertRejected("authorities", good.insert(authority, event(authority)));
        assertRejected("authorities", good.append(authority(foreign)));
    }

    /** What shim measures is not of db: a replacement by an entry of db would hide that shim took another key. */
    @Test
    void anAuthorityThatIsNotOfDbIsPinnedByItsDigest() throws Exception {
        Guid shim = Guid.of("605dab50-e046-4300-abb6-3dd810dd8b23");
        Bytes revocations =
                new VariableData(shim, "SbatLevel", Bytes.parseHex("736261742c312c32"), Bytes.EMPTY).encode();
        Bytes older = new VariableData(shim, "SbatLevel", Bytes.parseHex("736261742c312c31"), Bytes.EMPTY).encode();
        enrol(ForgedVariables.withMore(good, "db", ForgedVariables.otherHash()));
        int authority = good.indexOf(7, EV_EFI_VARIABLE_AUTHORITY);
        Forged ofDb = event(authority);
        Forged otherOfDb = authority(new SignatureData(ForgedVariables.OWNER, ForgedVariables.OTHER_HASH));
        enrol(good.insert(authority + 1, good.measured(7, EV_EFI_VARIABLE_AUTHORITY, revocations, revocations)));
        Forged rolledBack = good.measured(7, EV_EFI_VARIABLE_AUTHORITY, older, older);
        assertRejected("authorities", good.replace(authority + 1, rolledBack));
        assertRejected("authorities", good.replace(authority + 1, ofDb));
        assertRejected("authorities", good.replace(authority + 1, otherOfDb));
        assertAccepted(good.replace(authority, otherOfDb));
        assertRejected("authorities", good.remove(authority + 1));
        assertRejected("authorities", good.replace(authority, event(authority + 1)));
    }

    // Images

    private Forged image(String path, Bytes measured) throws Exception {
        Bytes load = ImageLoadEvent.of(0, 0, 0, DevicePath.parse(path)).encode();
        return good.measured(4, EV_EFI_BOOT_SERVICES_APPLICATION, measured, load);
    }

    @Test
    void addonsAreImagesLikeAnyOther() throws Exception {
        int uki = good.indexOf(4, EV_EFI_BOOT_SERVICES_APPLICATION);
        Forged one = image("\\EFI\\Linux\\uki.efi.extra.d\\one.addon.efi", Bytes.parseHex("01"));
        Forged two = image("\\EFI\\Linux\\uki.efi.extra.d\\two.addon.efi", Bytes.parseHex("02"));
        Forged evil = image("\\EFI\\Linux\\uki.efi.extra.d\\evil.addon.efi", EVIL);
        assertRejected("images", good.insert(uki + 1, evil));
        enrol(good.insert(good.events().size(), one, two));
        int first = good.events().size() - 2;
        assertEquals(
                List.of(Role.UKI, Role.ADDON, Role.ADDON),
                state.images().get(0).stream()
                        .map(event -> event.role().orElseThrow())
                        .toList());
        for (ReferenceState form : List.of(state, asFieldForm(state))) {
            policy = good.policy(form);
            assertAccepted(good);
            assertRejected("images", good.remove(first));
            assertRejected("images", good.remove(first + 1));
            assertRejected("images", good.replace(first, two).replace(first + 1, one));
            assertRejected("images", good.replace(first, evil));
            assertRejected("images", good.append(evil));
            assertRejected("images", good.append(one));
            assertRejected("images", good.insert(first + 1, evil.withType(EV_EFI_ACTION)));
        }
    }

    // Command line, credentials, extensions

    @Test
    void whatIsPassedToTheUkiIsPinned() throws Exception {
        Map<Long, String> rules =
                Map.of(8L, "loader-commands", 12L, "command-line", 13L, "extensions", 14L, "mok-lists");
        for (Map.Entry<Long, String> entry : rules.entrySet()) {
            long pcr = entry.getKey();
            String rule = entry.getValue();
            enrol(ForgedBoot.of("uki-secureboot"));
            Forged one = good.measured(pcr, EV_IPL, Bytes.parseHex("01"), Bytes.parseHex("01"));
            Forged evil = good.measured(pcr, EV_IPL, EVIL, EVIL);
            assertRejected(rule, good.append(evil));
            Verdict notInTheLog = good.judge(policy, good.append(evil).ownValues());
            assertTrue(
                    rules(notInTheLog).contains("replayed"), rules(notInTheLog).toString());
            policy = good.policy(asFieldForm(state));
            assertRejected(rule, good.append(evil));
            enrol(good.append(one));
            int index = good.events().size() - 1;
            assertRejected(rule, good.remove(index));
            assertRejected(rule, good.replace(index, evil));
            assertRejected(rule, good.append(evil));
            assertRejected(rule, good.append(one));
            assertRejected(rule, good.replace(index, evil.withData(one.data())));
        }
    }

    // Firmware

    @Test
    void firmwareBlobsOfPcr2ComeBeforeItsSeparator() throws Exception {
        int separator = good.indexOf(2, EV_SEPARATOR);
        Forged blob = good.measured(2, EV_EFI_PLATFORM_FIRMWARE_BLOB, Bytes.parseHex("01"), Bytes.EMPTY);
        Forged other = good.measured(2, EV_EFI_PLATFORM_FIRMWARE_BLOB, Bytes.parseHex("02"), Bytes.EMPTY);
        Forged driver = good.measured(2, EV_EFI_BOOT_SERVICES_DRIVER, EVIL, EVIL);
        enrol(good.insert(separator, blob, other));
        assertEquals(2, state.firmware().get(0).pcr2().size());
        for (ReferenceState form : List.of(state, asFieldForm(state), ofTheToolInTheField(state))) {
            policy = good.policy(form);
            assertAccepted(good);
            assertAccepted(good.insert(separator, driver));
            assertAccepted(good.insert(separator + 1, driver));
            assertRejected("firmware", good.remove(separator));
            assertRejected("firmware", good.remove(separator).append(blob));
            assertRejected("firmware", good.replace(separator, other).replace(separator + 1, blob));
            assertRejected("firmware", good.replace(separator, driver));
            assertRejected("firmware", good.replace(separator, driver).append(blob));
            ForgedBoot withoutSeparator = good.remove(separator + 2);
            assertRejected("firmware", withoutSeparator);
            ForgedBoot separatorFirst = withoutSeparator.insert(separator, event(separator + 2));
            assertRejected("firmware", separatorFirst);
        }
        policy = BootPolicy.of(state, good.options(state).pinDrivers().build());
        assertAccepted(good);
        assertRejected("drivers", good.insert(separator, driver));
        assertRejected("drivers", good.append(driver));
    }

    @Test
    void theStartupLocalityIsPinned() throws Exception {
        ForgedBoot fromLocality0 = good;
        Forged event = new Forged(0, EV_NO_ACTION, List.of(), StartupLocalityEvent.encode(3));
        List<Digest> zeros = good.events().get(0).digests().stream()
                .map(digest -> new Digest(
                        digest.algorithm(), Bytes.wrap(new byte[digest.value().length()])))
                .toList();
        Forged locality = new Forged(0, EV_NO_ACTION, zeros, event.data());
        enrol(good.insert(0, locality));
        assertEquals(3, state.firmware().get(0).startupLocality().orElseThrow());
        assertRejected("startup-locality", fromLocality0);
        policy = fromLocality0.policy(fromLocality0.state());
        assertRejected("startup-locality", good);
        policy = good.policy(ofTheToolInTheField(state));
        assertAccepted(fromLocality0);
    }

    // Banks

    private Verdict quoted(ForgedBoot boot, PcrValues values, String selection) throws Exception {
        return policy.evaluate(boot.quoted(values, PcrSelection.parse(selection)));
    }

    @Test
    void noQuotedBankThatIsPinnedContradicts() throws Exception {
        PcrValues values = good.ownValues();
        String needed = "0-8,12-14";
        String both = "sha1:" + needed + "+sha256:" + needed;
        assertEquals(Verdict.Outcome.ACCEPTED, quoted(good, values, both).outcome());
        for (int pcr : List.of(0, 1, 2, 4, 5, 7, 8, 12, 13, 14)) {
            PcrValues contradicting = ForgedBoot.with(values, HashAlgorithm.SHA1, pcr, Bytes.parseHex("77".repeat(20)));
            assertEquals(List.of("other-banks"), rules(quoted(good, contradicting, both)), "PCR " + pcr);
            assertEquals(
                    List.of("other-banks"),
                    rules(policy.evaluate(good.replay().compareWith(contradicting))),
                    "PCR " + pcr + ", no quote");
        }
        PcrValues harmless = ForgedBoot.with(values, HashAlgorithm.SHA1, 9, Bytes.parseHex("77".repeat(20)));
        assertEquals(List.of(), rules(quoted(good, harmless, both)));
        PcrValues off = ForgedBoot.off(values, HashAlgorithm.SHA1);
        assertEquals(List.of("other-banks"), rules(quoted(good, off, both)), "the log has digests of that bank");
    }

    /** The log leaves out the events of the bank that tells the truth. */
    @Test
    void aBankThatTheLogLeavesOutContradicts() throws Exception {
        PcrValues values = good.ownValues();
        ForgedBoot onlySha256 = new ForgedBoot(
                EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256).build()),
                good.events().stream()
                        .map(event -> new Forged(
                                event.pcr(),
                                event.type(),
                                event.digests().stream()
                                        .filter(digest -> digest.algorithm().equals(HashAlgorithm.SHA256))
                                        .toList(),
                                event.data()))
                        .toList(),
                Optional.empty());
        String needed = "0-8,12-14";
        assertEquals(
                List.of(),
                rules(quoted(onlySha256, values, "sha256:" + needed)).stream()
                        .filter(rule -> !rule.equals("other-banks"))
                        .toList());
        assertEquals(
                List.of("other-banks"), rules(quoted(onlySha256, values, "sha256:" + needed + "+sha384:" + needed)));
        PcrValues sha256 =
                new PcrValues(List.of(values.bank(HashAlgorithm.SHA256).orElseThrow()));
        assertEquals(
                Verdict.Outcome.ACCEPTED,
                quoted(onlySha256, sha256, "sha256:" + needed).outcome());
    }

    @Test
    void aBankIsJudgedOnlyIfAllIsPinnedInIt() throws Exception {
        for (HashAlgorithm bank : List.of(HashAlgorithm.SHA256, HashAlgorithm.SHA384)) {
            Firmware both = state.firmware().get(0);
            Firmware one = ReferenceStates.onlyBank(state, HashAlgorithm.SHA1)
                    .firmware()
                    .get(0);
            ReferenceState mixed =
                    state.toBuilder().firmware(List.of(one, both)).build();
            assertEquals(List.of(HashAlgorithm.SHA1), BootPolicy.of(mixed).banks());
            ReferenceState images = state.toBuilder()
                    .pcr(ReferenceStates.onlyBank(state, bank).pcr(4).orElseThrow())
                    .build();
            assertEquals(List.of(bank), BootPolicy.of(images).banks());
        }
        BootPolicy sha256 = BootPolicy.of(
                state, good.options(state).banks(Set.of(HashAlgorithm.SHA256)).build());
        assertEquals(List.of(HashAlgorithm.SHA256), sha256.banks());
        PcrValues sha384 = new PcrValues(
                List.of(good.ownValues().bank(HashAlgorithm.SHA384).orElseThrow()));
        assertTrue(rules(sha256.evaluate(good.replay().compareWith(sha384))).contains("bank"));
    }

    // Userspace

    private static ForgedBoot withRecords(ForgedBoot boot, List<CelRecord> records) {
        return new ForgedBoot(boot.header(), boot.events(), Optional.of(new UserspaceLog(records, false, List.of())));
    }

    @Test
    void userspaceDigestsArePinnedInTheirOrder() throws Exception {
        ForgedBoot boot = ForgedBoot.of("systemd-userland");
        List<CelRecord> records = boot.userspaceLog().orElseThrow().records();
        ReferenceState pinned =
                boot.state(ReferenceStateMaker.builder().pinUserspace(true).build());
        policy = boot.policy(pinned);
        assertAccepted(boot);
        for (int i = 0; i < records.size(); i++) {
            List<CelRecord> fewer = new ArrayList<>(records);
            fewer.remove(i);
            assertRejected("userspace-digests", withRecords(boot, fewer));
            List<CelRecord> doubled = new ArrayList<>(records);
            doubled.add(i, records.get(i));
            assertRejected("userspace-digests", withRecords(boot, doubled));
        }
        assertRejected("userspace-digests", withRecords(boot, List.of()));
        assertRejected("userspace-log", new ForgedBoot(boot.header(), boot.events(), Optional.empty()));
        assertRejected("sections", boot.append(boot.measured(11, EV_IPL, EVIL, EVIL)));
        ForgedBoot more = boot.withUserspaceRecord(boot.measured(15, EV_IPL, EVIL, EVIL));
        assertRejected("userspace-digests", more);
        for (long pcr : List.of(0L, 4L, 5L, 7L, 8L, 12L, 13L, 14L)) {
            assertRejected("userspace-record", boot.withUserspaceRecord(boot.measured(pcr, EV_IPL, EVIL, EVIL)));
        }
    }

    @Test
    void userspaceDigestsOfAnotherToolsStateAreIgnoredUnlessAskedFor() throws Exception {
        ForgedBoot boot = ForgedBoot.of("systemd-userland");
        ReferenceState theirs = asFieldForm(
                boot.state(ReferenceStateMaker.builder().pinUserspace(true).build()));
        assertFalse(theirs.userspaceDigests().isEmpty());
        ForgedBoot more = boot.withUserspaceRecord(boot.measured(11, EV_IPL, EVIL, EVIL));
        ForgedBoot none = new ForgedBoot(boot.header(), boot.events(), Optional.empty());
        policy = boot.policy(theirs);
        assertAccepted(boot);
        assertAccepted(more);
        assertAccepted(none);
        policy = BootPolicy.of(theirs, boot.options(theirs).pinUserspace(true).build());
        assertAccepted(boot);
        assertRejected("userspace-digests", more);
        assertRejected("userspace-log", none);
        ReferenceState without = boot.state();
        policy = BootPolicy.of(without, boot.options(without).pinUserspace(true).build());
        assertRejected("state", boot);
    }

    // Sections

    @Test
    void sectionsArePinnedOnRequest() throws Exception {
        int first = good.indexOf(11, EV_IPL);
        for (ReferenceState form : List.of(state, asFieldForm(state))) {
            policy = good.policy(form);
            ForgedBoot other = good.replace(first + 1, good.measured(11, EV_IPL, EVIL, EVIL));
            assertAccepted(other);
            policy = BootPolicy.of(form, good.options(form).pinSections(true).build());
            assertAccepted(good);
            assertRejected("sections", other);
            assertRejected("sections", good.remove(first));
            assertRejected("sections", good.append(good.measured(11, EV_IPL, EVIL, EVIL)));
            assertRejected("sections", good.append(event(first), event(first + 1)));
        }
    }

    // PCR 5

    @Test
    void afterTheSeparatorOfPcr5IsOnlyWhatIsKnown() throws Exception {
        for (ReferenceState form : List.of(state, asFieldForm(state), ofTheToolInTheField(state))) {
            policy = good.policy(form);
            int separator = good.indexOf(5, EV_SEPARATOR);
            assertAccepted(good.insert(separator, good.measured(5, EV_EFI_VARIABLE_DRIVER_CONFIG, EVIL, EVIL)));
            assertRejected("partitions", good.append(good.measured(5, EV_EFI_ACTION, EVIL, EVIL)));
            Bytes padded = Bytes.encode("Exit Boot Services Invocation\0evil", StandardCharsets.US_ASCII);
            assertRejected("partitions", good.append(good.measured(5, EV_EFI_ACTION, padded, padded)));
        }
    }

    // A state is made only of what is proved

    @Test
    void noStateIsMadeOfVariablesThatNoDigestCovers() {
        for (String name : List.of("SecureBoot", "PK", "KEK", "db", "dbx")) {
            int index = ForgedVariables.indexOf(good, name);
            Bytes data = ForgedVariables.withContent(good, name, Bytes.parseHex("00"))
                    .data();
            ForgedBoot poisoned = good.replace(index, event(index).withData(data));
            ReferenceStateException e = assertThrows(ReferenceStateException.class, poisoned::state);
            assertTrue(
                    e.reasons().toString().contains("claims to hold the variable " + name),
                    e.reasons().toString());
        }
    }

    @Test
    void noStateIsMadeOfEvidenceThatLeavesOutWhatIsNeeded() throws Exception {
        PcrValues values = good.ownValues(HashAlgorithm.SHA256);
        Replay replay = good.replay();
        for (int pcr : List.of(0, 2, 4, 7, 8, 12, 13, 14)) {
            TreeMap<Integer, Bytes> some = new TreeMap<>(
                    values.bank(HashAlgorithm.SHA256).orElseThrow().values());
            some.remove(pcr);
            PcrValues without = new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA256, some)));
            if (pcr <= 7) {
                assertThrows(
                        ReferenceStateException.class,
                        () -> ReferenceStateMaker.create().make(replay.compareWith(without)),
                        "without PCR " + pcr);
            } else {
                ReferenceState state = ReferenceStateMaker.create().make(replay.compareWith(without));
                assertEquals(PcrMode.EMPTY, state.pcr(pcr).orElseThrow().mode(), "without PCR " + pcr);
            }
            PcrValues other = ForgedBoot.with(values, HashAlgorithm.SHA256, pcr, Bytes.parseHex("77".repeat(32)));
            assertThrows(
                    ReferenceStateException.class,
                    () -> ReferenceStateMaker.create().make(replay.compareWith(other)),
                    "another PCR " + pcr);
        }
    }
}
