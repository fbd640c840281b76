package io.github.measuredboot.windows;

import static io.github.measuredboot.windows.SipaBytes.element;
import static io.github.measuredboot.windows.SipaBytes.hex;
import static io.github.measuredboot.windows.SipaBytes.text;
import static io.github.measuredboot.windows.SipaBytes.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SipaTreeTest {
    @Test
    void containersHoldElementsAndOffsetsCountFromTheStartOfTheEventData() {
        SipaTree tree = SipaChecks.check(SipaBytes.boundary());

        assertEquals(
                List.of(
                        "0 trustBoundary",
                        "8 bootCounter",
                        "24 codeIntegrity",
                        "33 bitLockerUnlock",
                        "45 transferControl",
                        "57 loadedModuleAggregation",
                        "65 filePath",
                        "133 hashAlgorithmId",
                        "145 authenticodeHash",
                        "185 siPolicy"),
                tree.walk()
                        .map(element -> element.offset() + " " + ((SipaElement.Typed) element).name())
                        .toList());
        assertEquals(List.of(), tree.faults());
    }

    @Test
    void anOffsetMovesAllOthers() {
        SipaTree tree = SipaTree.decode(hex("0200 0500 0100 0000 02"), 1000);
        assertEquals(1000, tree.elements().get(0).offset());
        assertEquals(1009, tree.faults().get(0).offset());
    }

    @Test
    void theStateHasTheSourceOfEachFact() {
        SipaTree tree = SipaTree.decode(SipaBytes.boundary(), 0);
        WindowsBootState state = new WindowsBootState(List.of(new SipaTree(List.of()), tree, tree));

        assertEquals(
                List.of(1, 2),
                state.flags(SipaEventType.CODEINTEGRITY).stream()
                        .map(WindowsBootState.Fact::tree)
                        .toList());
        assertEquals(
                24, state.flags(SipaEventType.CODEINTEGRITY).get(0).source().offset());
        assertEquals(
                Optional.of("TPM, PIN"),
                state.values(SipaEventType.BITLOCKER_UNLOCK).get(0).value().meaning());
        assertEquals("A", state.siPolicies().get(0).value().policyName());
        assertEquals(
                "\\Windows\\system32\\winload.efi",
                state.modules().get(0).value().filePath().orElseThrow());
    }

    @Test
    void anElementThatIsInAContainerTwiceIsNoFactOfTheModule() {
        Bytes path = element(SipaEventType.FILEPATH, text("a"));
        SipaTree tree = SipaChecks.check(element(SipaEventType.LOADEDMODULE_AGGREGATION, path, path));
        WindowsBootState.LoadedModule module =
                new WindowsBootState(List.of(tree)).modules().get(0).value();
        assertEquals(2, module.container().leaves(SipaEventType.FILEPATH).size());
        assertTrue(module.filePath().isEmpty());
    }

    @Test
    void unknownTypesKeepNumberAndBytes() {
        SipaElement.Leaf leaf = leaf(element(0x0005_7777, hex("0102")));
        assertEquals("0x00057777", leaf.name());
        assertEquals(new FieldValue.Binary(hex("0102")), leaf.value());
        assertTrue(leaf.knownType().isEmpty());

        SipaTree tree = SipaChecks.check(element(0x4001_0099, element(SipaEventType.WINPE, hex("00"))));
        assertEquals(2, tree.walk().count());
    }

    @Test
    void anAggregationOfAnotherCategoryIsNoContainer() {
        assertInstanceOf(SipaElement.Leaf.class, leaf(element(0x4005_0002, hex("0100000000000000"))));
        assertInstanceOf(SipaElement.Leaf.class, leaf(element(0x4101_0001, hex("0100000000000000"))));
    }

    @Test
    void theFlagsSayWhatIsNotMeasured() {
        assertFalse(leaf(element(SipaEventType.AIKID, text("AIK"))).isSaidToBeMeasured());
        assertTrue(leaf(element(SipaEventType.WINPE, hex("01"))).isSaidToBeMeasured());
        SipaElement container = SipaTree.decode(element(SipaEventType.TRUSTPOINT_AGGREGATION), 0)
                .elements()
                .get(0);
        assertFalse(assertInstanceOf(SipaElement.Container.class, container).isSaidToBeMeasured());
    }

    @Test
    void aSizeThatLeavesTheContainerEndsItAndKeepsTheBytes() {
        Bytes tooLong = hex("02000500 ffffffff 01");
        SipaTree tree = SipaChecks.check(Bytes.wrap(join(
                element(SipaEventType.TRUSTBOUNDARY, element(SipaEventType.WINPE, hex("00")), tooLong),
                element(SipaEventType.SAFEMODE, hex("01")))));

        SipaElement.Container boundary =
                assertInstanceOf(SipaElement.Container.class, tree.elements().get(0));
        SipaElement.Malformed malformed = assertInstanceOf(
                SipaElement.Malformed.class, boundary.children().get(1));
        assertEquals(tooLong, malformed.bytes());
        assertEquals(
                "TCG_PCClientTaggedEventStruct.taggedEventData at offset 25: needs 4294967295 bytes, 1 are left",
                malformed.fault().message());
        assertEquals(
                1,
                new WindowsBootState(List.of(tree))
                        .flags(SipaEventType.SAFEMODE)
                        .size());
    }

    @Test
    void bytesThatAreNoElementAreKept() {
        for (int size = 1; size < SipaElement.HEADER_SIZE; size++) {
            SipaTree tree = SipaChecks.check(Bytes.wrap(new byte[size]));
            assertEquals(1, tree.faults().size());
        }
        assertEquals(List.of(), SipaChecks.check(Bytes.EMPTY).elements());
    }

    @Test
    void emptyDataOfATypeThatNeedsSomeAreMalformed() {
        SipaElement.Leaf leaf = leaf(element(SipaEventType.CODEINTEGRITY));
        assertEquals(
                "SIPAEVENT_CODEINTEGRITY.value at offset 8: needs 1 bytes, 0 are left",
                leaf.fault().orElseThrow().message());
    }

    @Test
    void valuesThatBreakTheirLayoutAreNoFacts() {
        assertMalformed(SipaEventType.TESTSIGNING, "02", "2 is neither 0 nor 1");
        assertMalformed(SipaEventType.TESTSIGNING, "0100", "1 bytes are left over");
        assertMalformed(SipaEventType.BITLOCKER_UNLOCK, "040000", "needs 4 bytes, 3 are left");
        assertMalformed(SipaEventType.BITLOCKER_UNLOCK, "0400000000", "1 bytes are left over");
        assertMalformed(SipaEventType.BOOTCOUNTER, "01000000", "needs 8 bytes, 4 are left");
        assertMalformed(SipaEventType.MODULE_SVN, "010000000000", "2 bytes are left over");
        assertMalformed(SipaEventType.SYSTEMROOT, "5c0057", "UTF-16 text cannot have 3 bytes");
        assertMalformed(
                SipaEventType.SI_POLICY, "0000000000000a00 0100 0b00 00000000 41", "UTF-16 text cannot have 1 bytes");
        assertMalformed(
                SipaEventType.OS_REVOCATION_LIST,
                "0000000000000000 ffffffff 0b00 00",
                "needs 4294967295 bytes, 1 are left");
        assertMalformed(SipaEventType.VSM_IDK_INFO, "02000000", "is 2, only 1 is known");
        assertMalformed(SipaEventType.SBCP_INFO, "02000000", "is 2, only 1 is known");
        assertMalformed(SipaEventType.SBCP_INFO, "01000000 15000000", "is 21, only 20 is known");
    }

    private static void assertMalformed(SipaEventType type, String data, String reason) {
        SipaTree tree = SipaChecks.check(element(type, hex(data)));
        assertEquals(
                List.of(reason),
                tree.faults().stream().map(fault -> fault.reason()).toList());
        WindowsBootState state = new WindowsBootState(List.of(tree));
        assertEquals(List.of(), state.flags(type));
        assertEquals(List.of(), state.numbers(type));
        assertEquals(List.of(), state.texts(type));
        assertEquals(1, state.values(type).size());
    }

    @Test
    void numbersOfEitherSizeAreRead() {
        assertEquals(
                new FieldValue.Unsigned(7),
                leaf(element(SipaEventType.SMT_STATUS, u32(7))).value());
        assertEquals(
                new FieldValue.Unsigned(-1),
                leaf(element(SipaEventType.APPLICATION_SVN, hex("ff".repeat(8))))
                        .value());
    }

    @Test
    void textKeepsNulsAndUnpairedSurrogates() {
        FieldValue.Text inner = new FieldValue.Text("a\0b\ud800");
        assertEquals(
                inner,
                leaf(element(SipaEventType.FILEPATH, Utf16.encode("a\0b\ud800")))
                        .value());
        assertEquals(
                new FieldValue.Text("a\0"),
                leaf(element(SipaEventType.FILEPATH, text("a\0"))).value());
        assertEquals(
                new FieldValue.Text(""), leaf(element(SipaEventType.FILEPATH)).value());
    }

    @Test
    void aPolicySignerHasKeyUsagesAndCertificates() {
        Bytes certificate =
                Bytes.wrap(join(hex("0200 0400 0c800000 0200"), Utf16.encode("P"), Utf16.encode("IJ"), hex("beef")));
        Bytes signer = Bytes.wrap(
                join(hex("06000000 12000000 0100 0400 0500 0200"), text("N"), hex("03 2b0601 00"), certificate));
        SipaElement.Leaf leaf = leaf(element(SipaEventType.SI_POLICY_SIGNER, signer));
        FieldValue.Structure structure = assertInstanceOf(FieldValue.Structure.class, leaf.value());
        assertEquals(
                "rootId certificatesLength certificatesCount policyNameLength ekusLength ekusCount policyName ekus"
                        + " certificates",
                structure.fields().stream().map(Field::name).collect(Collectors.joining(" ")));
        assertEquals(Optional.of(new FieldValue.Unsigned(6)), structure.field("rootId"));
        assertEquals(Optional.of(new FieldValue.Text("N")), structure.field("policyName"));
        assertEquals(
                List.of(new FieldValue.Binary(hex("2b0601")), new FieldValue.Binary(Bytes.EMPTY)),
                items(structure, "ekus").stream()
                        .map(eku -> eku.field("identifier").orElseThrow())
                        .toList());
        FieldValue.Structure only = items(structure, "certificates").get(0);
        assertEquals(Optional.of(new FieldValue.Text("P")), only.field("publisherCommonName"));
        assertEquals(Optional.of(new FieldValue.Text("IJ")), only.field("issuerCommonName"));
        assertEquals(Optional.of(new FieldValue.Hexadecimal(0x800c)), only.field("hashAlgId"));
        assertEquals(Optional.of(new FieldValue.Binary(hex("beef"))), only.field("digest"));

        SipaChecks.check(element(SipaEventType.SI_POLICY_SIGNER, signer.slice(0, signer.length() - 1)));
        assertMalformed(
                SipaEventType.SI_POLICY_UPDATE_SIGNER,
                "00000000 00000000 0000 0000 0100 0000 00",
                "1 bytes are left over");
    }

    @Test
    void aSignatureOverASoftRebootIsRead() {
        FieldValue.Structure signature = assertInstanceOf(
                FieldValue.Structure.class,
                leaf(element(SipaEventType.KSR_SIGNATURE, hex("03000000 02000000 aabb")))
                        .value());
        assertEquals(Optional.of(new FieldValue.Hexadecimal(3)), signature.field("signAlgId"));
        assertEquals(Optional.of(new FieldValue.Binary(hex("aabb"))), signature.field("signature"));
    }

    @Test
    void nestingIsBounded() {
        Bytes nested = element(SipaEventType.WINPE, hex("01"));
        for (int i = 0; i < 1000; i++) {
            nested = element(SipaEventType.TRUSTBOUNDARY, nested);
        }
        SipaTree tree = SipaChecks.check(nested);
        assertEquals(SipaTree.MAX_DEPTH + 1, tree.walk().count());
        assertEquals(
                "SIPAEVENT_TRUSTBOUNDARY.taggedEventID at offset 72: is a container nested more than 8 deep",
                tree.faults().get(0).message());
    }

    @Test
    void theNumberOfElementsIsBounded() {
        Bytes empty = element(SipaEventType.TRUSTBOUNDARY);
        ByteWriter writer = new ByteWriter();
        for (int i = 0; i < SipaTree.MAX_ELEMENTS + 5; i++) {
            writer.bytes(empty);
        }
        SipaTree tree = SipaTree.decode(writer.toBytes(), 0);
        assertEquals(SipaTree.MAX_ELEMENTS + 1, tree.elements().size());
        assertEquals(5 * 8, tree.elements().get(SipaTree.MAX_ELEMENTS).length());
        assertEquals(1, tree.faults().size());
    }

    @Test
    void onlyDataThatBeginAsThoseOfWindowsAreTakenForThem() {
        assertTrue(SipaTree.isSipa(element(SipaEventType.AUTHORITYPUBKEY)));
        assertTrue(SipaTree.isSipa(element(0xc001_0077L)));
        assertFalse(SipaTree.isSipa(element(0x8f3b_22ecL, hex("00"))));
        assertFalse(SipaTree.isSipa(element(7)));
        assertFalse(SipaTree.isSipa(hex("02000500")));
    }

    @Test
    void namesAndNumbersOfTypesAreUniqueAndFlagsFitTheLayout() {
        assertEquals(
                SipaEventType.values().length,
                Stream.of(SipaEventType.values())
                        .map(SipaEventType::fieldName)
                        .distinct()
                        .count());
        for (SipaEventType type : SipaEventType.values()) {
            assertEquals(type, SipaEventType.byValue(type.value()).orElseThrow());
            assertEquals(
                    SipaElement.Container.isContainer(type.value()),
                    type.layout() == SipaLayout.CONTAINER,
                    type.name());
        }
        assertEquals("SIPAERROR_TPMFAILURE", SipaEventType.TPMFAILURE.specificationName());
        assertEquals("SIPAEVENT_SI_POLICY", SipaEventType.SI_POLICY.specificationName());
    }

    @Test
    void numbersHaveMeanings() {
        assertEquals("OS loader", meaning(SipaEventType.TRANSFER_CONTROL, u32(1)));
        assertEquals("partition", meaning(SipaEventType.OSDEVICE, u32(0x0001_0004)));
        assertEquals("opt out", meaning(SipaEventType.DATAEXECUTIONPREVENTION, hex("0100000000000000")));
        assertEquals("auto", meaning(SipaEventType.VSM_LAUNCH_TYPE, hex("0100000000000000")));
        assertEquals("SHA-256", meaning(SipaEventType.HASHALGORITHMID, u32(0x800c)));
        assertEquals("10.0.26100.7019", meaning(SipaEventType.MODULE_VERSION, hex("6b1bf46500000a00")));
        assertEquals("no volume unlocked", meaning(SipaEventType.BITLOCKER_UNLOCK, u32(0)));
        assertEquals("recovery password, 0x80000000", meaning(SipaEventType.BITLOCKER_UNLOCK, u32(0x8000_0040L)));
        assertEquals("none known", meaning(SipaEventType.TRANSFER_CONTROL, u32(99)));
        assertEquals("none known", meaning(SipaEventType.CODEINTEGRITY, hex("01")));
    }

    private static List<FieldValue.Structure> items(FieldValue.Structure structure, String name) {
        return assertInstanceOf(FieldValue.Items.class, structure.field(name).orElseThrow()).items().stream()
                .map(item -> (FieldValue.Structure) item.value())
                .toList();
    }

    private static String meaning(SipaEventType type, Bytes data) {
        return leaf(element(type, data)).meaning().orElse("none known");
    }

    private static SipaElement.Leaf leaf(Bytes data) {
        return assertInstanceOf(
                SipaElement.Leaf.class, SipaChecks.check(data).elements().get(0));
    }

    private static byte[] join(Bytes... parts) {
        ByteWriter writer = new ByteWriter();
        List.of(parts).forEach(writer::bytes);
        return writer.toBytes().toByteArray();
    }
}
