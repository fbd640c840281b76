package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_DRIVER_CONFIG;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_NO_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Boots of an attacker whose TPM tells the truth: the PCR values are those of what he really ran, and every word of the log is his.
 */
class AttackerTest {
    private static final Guid GLOBAL = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");
    private static final Bytes LOADER = ascii("an evil loader");
    private static final List<EventType> ALL_TYPES = EventType.known().stream()
            .filter(type -> type.name().startsWith("EV_"))
            .toList();
    private static final EventType VENDOR = new EventType(0x80009999L);

    private ForgedBoot good;
    private BootPolicy policy;
    private int uki;

    @BeforeEach
    void readsTheGoodBoot() throws Exception {
        good = ForgedBoot.of("uki-secureboot");
        policy = BootPolicy.of(ForgedBoot.state("uki-secureboot"));
        uki = good.indexOf(4, EV_EFI_BOOT_SERVICES_APPLICATION);
        assertEquals(List.of(), good.judge(policy, good.ownValues()).rejections());
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }

    private static List<Bytes> disguises() throws Exception {
        DevicePath firmware = DevicePath.parse(
                "Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(462CAA21-7614-4503-836E-8AB6F4662331)");
        Bytes firmwareResident = new ImageLoadEvent(0x1000, 0x2000, 0, firmware.size(), firmware, Bytes.EMPTY).encode();
        return List.of(
                firmwareResident,
                Bytes.wrap(new byte[4]),
                Bytes.parseHex("ffffffff"),
                ascii("Calling EFI Application from Boot Option"),
                ascii("Exit Boot Services Invocation"),
                LOADER,
                Bytes.EMPTY);
    }

    private List<EventType> labels() {
        List<EventType> labels = new ArrayList<>(ALL_TYPES);
        labels.add(VENDOR);
        return labels;
    }

    private void assertRejectedUnderEachDisguise(ForgedBoot really, int loader) throws Exception {
        PcrValues values = really.ownValues();
        Forged event = really.events().get(loader);
        for (EventType label : labels()) {
            for (Bytes data : disguises()) {
                Forged disguised = event.withType(label).withData(data);
                assertRejected(label + " " + data, really.replace(loader, disguised), values);
            }
        }
        for (long pcr : List.of(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 11L, 12L, 16L, 23L, 24L, 0xffff_ffffL)) {
            assertRejected("in PCR " + pcr, really.replace(loader, event.withPcr(pcr)), values);
        }
        assertRejected("without", really.remove(loader), values);
        assertRejected("in the userspace log", really.remove(loader).withUserspaceRecord(event), values);
    }

    private void assertRejected(String what, ForgedBoot forged, PcrValues values) {
        Verdict verdict = forged.judge(policy, values);
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome(), what);
        assertFalse(verdict.rejections().isEmpty(), what);
    }

    private Forged loader() {
        return good.measured(4, EV_EFI_BOOT_SERVICES_APPLICATION, LOADER, LOADER);
    }

    private Forged action(String text) {
        return good.measured(4, EV_EFI_ACTION, ascii(text), ascii(text));
    }

    @Test
    void loaderInsteadOfTheUki() throws Exception {
        assertRejectedUnderEachDisguise(good.replace(uki, loader()), uki);
    }

    @Test
    void loaderInsteadOfTheUkiAndTheUkiExtendedAfterwards() throws Exception {
        ForgedBoot really = good.replace(uki, loader()).append(good.events().get(uki));
        assertRejectedUnderEachDisguise(really, uki);
    }

    @Test
    void loaderBeforeTheUki() throws Exception {
        assertRejectedUnderEachDisguise(good.insert(uki, loader()), uki);
        assertRejectedUnderEachDisguise(good.insert(0, loader()), 0);
    }

    /** The UKI gave up, and firmware tried the next boot option. */
    @Test
    void loaderAfterTheUki() throws Exception {
        ForgedBoot really = good.insert(
                uki + 1,
                action("Returning from EFI Application from Boot Option"),
                action("Calling EFI Application from Boot Option"),
                loader());
        assertRejectedUnderEachDisguise(really, uki + 3);
        ForgedBoot suffixHidden = really.remove(uki + 3).remove(uki + 2).remove(uki + 1);
        for (int i = uki + 1; i <= uki + 3; i++) {
            suffixHidden = suffixHidden.withUserspaceRecord(really.events().get(i));
        }
        assertRejected("all that followed in the userspace log", suffixHidden, really.ownValues());
    }

    /** The stub may let firmware load the kernel: it is an image like any other, and is accepted only if it is pinned. */
    @Test
    void imageRightAfterTheUki() throws Exception {
        assertRejectedUnderEachDisguise(good.insert(uki + 1, loader()), uki + 1);
    }

    @Test
    void imageBesideThePinnedKernel() throws Exception {
        ForgedBoot boot = ForgedBoot.of("sdboot-uki");
        ReferenceState state = ForgedBoot.state("sdboot-uki");
        policy = boot.policy(state);
        for (int i = 0; i <= boot.events().size(); i++) {
            ForgedBoot forged = boot.insert(i, loader());
            assertRejected("at " + i, forged, forged.ownValues());
        }
    }

    @Test
    void changedFirmware() throws Exception {
        for (EventType type : List.of(EventType.EV_S_CRTM_VERSION, EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)) {
            int index = good.indexOf(0, type);
            Forged changed =
                    good.measured(0, type, LOADER, good.events().get(index).data());
            assertRejectedUnderEachDisguise(good.replace(index, changed), index);
            ForgedBoot restored =
                    good.replace(index, changed).append(good.events().get(index));
            assertRejectedUnderEachDisguise(restored, index);
        }
    }

    @Test
    void secureBootOff() throws Exception {
        int index = good.indexOf(7, EV_EFI_VARIABLE_DRIVER_CONFIG);
        Forged on = good.events().get(index);
        Bytes offData = VariableData.decode(on.data(), 0).encode();
        byte[] zeroed = offData.toByteArray();
        zeroed[zeroed.length - 1] = 0;
        Forged off = good.measured(7, EV_EFI_VARIABLE_DRIVER_CONFIG, Bytes.wrap(zeroed), Bytes.wrap(zeroed));
        ForgedBoot really = good.replace(index, off);
        PcrValues values = really.ownValues();

        assertRejected("as it is", really, values);
        assertEquals(
                List.of("secure-boot"),
                really.judge(policy, values).rejections().stream()
                        .map(Finding::rule)
                        .toList());
        assertRejected("data of on", really.replace(index, off.withData(on.data())), values);
        assertRejected("data and digest of on", really.replace(index, on), values);
        assertRejected("on before as no action", really.insert(index, on.withType(EV_NO_ACTION)), values);
        assertRejected("on in no PCR", really.insert(index, on.withPcr(0xffff_ffffL)), values);
        assertRejected("on in a PCR that is not judged", really.insert(index, on.withPcr(14)), values);

        Forged onlyValue = good.measured(7, EV_EFI_VARIABLE_DRIVER_CONFIG, Bytes.parseHex("01"), on.data());
        Bytes otherVendor = new VariableData(
                        Guid.of("11111111-2222-3333-4444-555555555555"),
                        "SecureBoot",
                        Bytes.parseHex("01"),
                        Bytes.EMPTY)
                .encode();
        Bytes padded = new VariableData(GLOBAL, "SecureBoot", Bytes.parseHex("01"), Bytes.parseHex("00")).encode();
        List<Forged> laterOn = List.of(
                on,
                onlyValue,
                onlyValue.withType(EventType.EV_EFI_VARIABLE_BOOT),
                good.measured(7, EV_EFI_VARIABLE_DRIVER_CONFIG, otherVendor, otherVendor),
                good.measured(7, EV_EFI_VARIABLE_DRIVER_CONFIG, on.data(), padded));
        Forged separator = good.events().get(good.indexOf(7, EV_SEPARATOR));
        for (Forged later : laterOn) {
            for (ForgedBoot extended : List.of(really.append(later), really.append(later, separator))) {
                PcrValues extendedValues = extended.ownValues();
                for (EventType label : labels()) {
                    assertRejected(
                            "off as " + label + ", then " + later,
                            extended.replace(index, off.withType(label)),
                            extendedValues);
                    assertRejected(
                            "off as " + label + " with data of on, then " + later,
                            extended.replace(index, off.withType(label).withData(on.data())),
                            extendedValues);
                }
            }
        }
    }

    /** Firmware passes over a list of a type that it does not know: what stands in it is not revoked. */
    @Test
    void revokedEntriesInAListOfAnUnknownType() throws Exception {
        for (int i = 0; i < good.events().size(); i++) {
            Forged event = good.events().get(i);
            if (event.type().equals(EV_EFI_VARIABLE_DRIVER_CONFIG)
                    && VariableData.decode(event.data(), 0).unicodeName().equals("dbx")) {
                byte[] data = event.data().toByteArray();
                data[VariableData.decode(event.data(), 0).dataOffset()] ^= 1;
                ForgedBoot forged = good.replace(i, good.measured(7, event.type(), Bytes.wrap(data), Bytes.wrap(data)));
                assertEquals(
                        List.of("dbx"),
                        forged.judge(policy, forged.ownValues()).rejections().stream()
                                .map(Finding::rule)
                                .toList());
                return;
            }
        }
        throw new AssertionError("no dbx");
    }

    /** SecureBoot measured with its value alone leaves open which variable it was. */
    @Test
    void variablesWithoutTheirNames() {
        for (int i = 0; i < good.events().size(); i++) {
            Forged event = good.events().get(i);
            if (event.type().equals(EV_EFI_VARIABLE_DRIVER_CONFIG)) {
                Bytes value = event.data().from(event.data().length() - 1);
                ForgedBoot forged =
                        good.replace(i, good.measured(7, EV_EFI_VARIABLE_DRIVER_CONFIG, value, event.data()));
                assertRejected("variable " + i, forged, forged.ownValues());
            }
        }
    }

    @Test
    void aBankThatTheStateDoesNotHave() throws Exception {
        ReferenceState state = ForgedBoot.state("uki-secureboot");
        ForgedBoot otherBanksFalse = good.change(list -> new ArrayList<>(list.stream()
                .map(event -> event.withDigests(digest -> digest.algorithm().equals(HashAlgorithm.SHA1)
                        ? digest
                        : new Digest(
                                digest.algorithm(),
                                Bytes.wrap(new byte[digest.value().length()]))))
                .toList()));
        PcrValues values = ForgedBoot.values("uki-secureboot");
        BootPolicy sha1 = BootPolicy.of(ReferenceStates.onlyBank(state, HashAlgorithm.SHA1));
        Verdict verdict = otherBanksFalse.judge(sha1, values);
        assertEquals(HashAlgorithm.SHA1, verdict.bank());
        assertTrue(verdict.isAcceptedIfEvidenceIsTrue(), verdict.rejections().toString());
        assertRejected("the state has better banks", otherBanksFalse, values);
        assertRejected("only SHA-1 is given", good, only(values, HashAlgorithm.SHA1));
        assertEquals(
                HashAlgorithm.SHA256,
                good.judge(policy, only(values, HashAlgorithm.SHA256)).bank());
        assertRejected("no values", good, new PcrValues(List.of()));
    }

    private static PcrValues only(PcrValues values, HashAlgorithm bank) {
        return new PcrValues(List.of(values.bank(bank).orElseThrow()));
    }

    /** What has no digest in the judged bank did not extend it, and shows in the bank that it did extend. */
    @Test
    void eventsWithoutADigestOfTheJudgedBank() {
        Forged event = loader();
        Forged sha1Only = new Forged(4, event.type(), event.digests().subList(0, 1), event.data());
        ForgedBoot forged = good.insert(0, sha1Only);
        assertRejected("in all banks", good, forged.ownValues());
    }

    @Test
    void pcrsWithoutAValue() throws Exception {
        PcrBank all =
                ForgedBoot.values("uki-secureboot").bank(HashAlgorithm.SHA256).orElseThrow();
        for (int pcr : List.of(0, 1, 2, 3, 4, 5, 6, 7)) {
            assertRejected("without PCR " + pcr, good, without(all, pcr));
        }
    }

    /** Without a quote nothing but the given values speaks for the machine; the finding says that one is missing. */
    @Test
    void pcrsOfTheOperatingSystemWithoutAValueAndAnEvent() throws Exception {
        PcrBank all =
                ForgedBoot.values("uki-secureboot").bank(HashAlgorithm.SHA256).orElseThrow();
        for (int pcr : List.of(8, 12, 13, 14)) {
            Verdict verdict = good.judge(policy, without(all, pcr));
            assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, verdict.outcome(), "without PCR " + pcr);
            assertTrue(
                    verdict.findings().stream()
                            .anyMatch(finding -> finding.isOf(Rule.REPLAYED)
                                    && finding.pcrs().equals(List.of(pcr))
                                    && finding.outcome() == Finding.Outcome.NOT_EVALUATED),
                    "without PCR " + pcr);
        }
    }

    private static PcrValues without(PcrBank all, int pcr) {
        TreeMap<Integer, Bytes> values = new TreeMap<>(all.values());
        values.remove(pcr);
        return new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA256, values)));
    }

    @Test
    void statesThatPinNothing() throws Exception {
        ReferenceState full = ForgedBoot.state("uki-secureboot");
        Firmware nothing = Firmware.builder().build();
        PinnedPcr noImage = new PinnedPcr(4, PcrMode.SEQUENCE, List.of(List.of()));
        PinnedPcr freeImages = new PinnedPcr(4, PcrMode.FREE, full.alternatives(4));
        List<ReferenceState> states = List.of(
                full.toBuilder().firmware(List.of()).build(),
                full.toBuilder().full(false).firmware(List.of(nothing)).build(),
                full.toBuilder().full(false).firmware(List.of(nothing, nothing)).build(),
                full.toBuilder().secureBoot(SecureBootKeys.EMPTY).build(),
                full.toBuilder().pcr(noImage).build(),
                full.toBuilder().withoutPcr(4).build(),
                ReferenceState.builder().build(),
                ReferenceState.builder().full(false).build());
        ForgedBoot empty = good.with(List.of());
        for (ReferenceState state : states) {
            policy = BootPolicy.of(state);
            assertRejected("the boot", good, good.ownValues());
            assertRejected("an empty log", empty, ForgedBoot.values("uki-secureboot"));
        }
        ForgedBoot withoutImages = good.with(
                good.events().stream().filter(event -> event.pcr() != 4).toList());
        policy = BootPolicy.of(full.toBuilder().pcr(freeImages).build());
        assertRejected("images that are free", withoutImages, withoutImages.ownValues());
        policy = BootPolicy.of(
                full, PolicyOptions.builderFor(full).pinSections(true).build());
        assertEquals(List.of(), good.judge(policy, good.ownValues()).rejections());
        ReferenceState noSections = full.toBuilder().withoutPcr(11).build();
        policy = BootPolicy.of(
                noSections,
                PolicyOptions.builderFor(noSections).pinSections(true).build());
        ForgedBoot withoutSections = good.with(
                good.events().stream().filter(event -> event.pcr() != 11).toList());
        assertRejected("no sections", withoutSections, withoutSections.ownValues());
    }

    @Test
    void aVerdictOnAHostileLogStaysSmall() {
        List<Forged> events = new ArrayList<>(good.events());
        for (int i = 0; i < 20_000; i++) {
            EventType type = new EventType(0x9000_0000L + i);
            events.add(new Forged(i % 8, type, good.events().get(0).digests(), ascii("\u001b[2J\n")));
            events.add(new Forged(
                    4, EV_EFI_BOOT_SERVICES_APPLICATION, good.events().get(0).digests(), Bytes.EMPTY));
            events.add(new Forged(11, EV_IPL, good.events().get(0).digests(), ascii(".\u0001\u0002")));
        }
        ForgedBoot forged = good.with(events);
        Verdict verdict = forged.judge(policy, forged.ownValues());
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
        assertTrue(verdict.findings().size() < 200, verdict.findings().size() + " findings");
        for (Finding finding : verdict.findings()) {
            String text = finding.message();
            assertTrue(text.length() < 2 * Finding.MAX_TEXT + 100, finding.rule());
            assertTrue(text.chars().noneMatch(Character::isISOControl), finding.rule());
        }
    }
}
