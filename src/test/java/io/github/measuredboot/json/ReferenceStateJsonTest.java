package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.testing.JsonSchema;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceStateJsonTest {
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final String MICROSOFT = "77fa9abd-0359-4d32-bd60-28f4e78f784b";
    private static final String MICROSOFT_SWAPPED = "bd9afa77-5903-324d-bd60-28f4e78f784b";
    private static final String VENDOR = "01234567-89ab-cdef-0123-456789abcdef";
    private static final String VENDOR_SWAPPED = "67452301-ab89-efcd-0123-456789abcdef";
    private static final String MINIMAL = "{'scrtm_and_bios':[],'pk':[],'kek':[],'db':[],'dbx':[],'uki_digest':{}}";
    private static final String MINIMAL_FULL =
            "{'version':2,'profile':'uki','scrtm_and_bios':[],'pk':[],'kek':[],'db':[],'dbx':[],'pcrs':[]}";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void allReferenceStatesOfTheCorpusAreWrittenAsTheyWereRead() throws Exception {
        List<Path> files = ReferenceStates.ofCorpus();
        assertEquals(42, files.size());
        for (Path file : files) {
            Reading reading = ReferenceStateJson.parse(Bytes.wrap(TestLogs.read(file)));
            String written = ReferenceStateJson.write(reading.state(), Form.FIELD);
            assertEquals(TestLogs.json(file), MAPPER.readTree(written), file.toString());
            assertEquals(List.of(), reading.unknownMembers());
            assertEquals(List.of(), reading.unswappedOwners());
            assertEquals(Form.FIELD, reading.form());
            assertFalse(reading.state().isFull());
        }
    }

    @Property(tries = 200)
    @Domain(ReferenceStates.class)
    void whatIsWrittenInFullIsReadBackAndConformsToTheSchema(@ForAll ReferenceState state) throws Exception {
        String json = ReferenceStateJson.write(state, Form.FULL);
        Reading reading = parse(json);
        assertEquals(state, reading.state());
        assertEquals(Form.FULL, reading.form());
        assertEquals(List.of(), reading.unswappedOwners());
        assertConforms(json);
    }

    @Property(tries = 200)
    @Domain(ReferenceStates.class)
    void theFieldsFormKeepsEverythingThatItHasAPlaceFor(@ForAll ReferenceState state) throws Exception {
        Reading reading = parse(ReferenceStateJson.write(state, Form.FIELD));
        assertEquals(Form.FIELD, reading.form());
        ReferenceState read = reading.state();
        assertFalse(read.isFull());
        assertEquals(ReferenceState.Profile.UKI, read.profile());
        assertEquals(state.firmware(), read.firmware());
        assertEquals(state.userspaceDigests(), read.userspaceDigests());
        assertEquals(untyped(state.secureBoot().dbx()), read.secureBoot().dbx());
        List<PinnedEvent> images =
                state.images().isEmpty() ? List.of() : state.images().get(0);
        for (Role role : List.of(Role.LOADER, Role.UKI, Role.KERNEL)) {
            List<DigestSet> written = digests(images, role);
            boolean isOneAtMost = role != Role.LOADER && written.size() > 1;
            assertEquals(
                    isOneAtMost ? written.subList(0, 1) : written,
                    digests(read.images().get(0), role),
                    role.id());
        }
        assertEquals(
                digests(images, Role.ADDON).size() + digests(images, Role.IMAGE).size(),
                digests(read.images().get(0), Role.ADDON).size());
    }

    private static List<Signature> untyped(List<Signature> signatures) {
        return signatures.stream()
                .map(signature -> new Signature(Optional.empty(), signature.owner(), signature.data()))
                .toList();
    }

    private static List<DigestSet> digests(List<PinnedEvent> images, Role role) {
        return images.stream()
                .filter(image -> image.role().equals(Optional.of(role)))
                .map(PinnedEvent::digests)
                .toList();
    }

    /** What the form does not say is strict: PCR 12 and 13 are empty, and PCR 4 has the images that are named. */
    @Test
    void whatTheFieldsFormDoesNotSayIsTheDefault() throws Exception {
        String digests = "{'sha256':'" + HASH + "'}";
        ReferenceState state = parse(withUki(digests)
                        .replace("'pk'", "'images_before_uki':[" + digests + "],'kernel_digest':" + digests + ",'pk'"))
                .state();
        assertEquals(
                List.of(Role.LOADER, Role.UKI, Role.KERNEL),
                state.images().get(0).stream()
                        .map(image -> image.role().orElseThrow())
                        .toList());
        for (int pcr : List.of(8, 12, 13, 14)) {
            assertEquals(PcrMode.EMPTY, state.pcr(pcr).map(PinnedPcr::mode).orElseThrow(), "PCR " + pcr);
        }
        assertEquals(PcrMode.SEQUENCE, state.pcr(4).map(PinnedPcr::mode).orElseThrow());
        assertEquals(PcrMode.CONTENT, state.pcr(5).map(PinnedPcr::mode).orElseThrow());
        assertEquals(Optional.empty(), state.pcr(7), "the keys say it");
        assertEquals(Optional.empty(), state.pcr(9));
    }

    @Test
    void optionalMembersOfTheFieldsFormAreRead() throws Exception {
        ReferenceState state = parse(with("'uki_sections':[{'sha256':'" + HASH + "'}],'userspace_digests':"
                        + "[{'pcr':11,'digest':'" + HASH.substring(2) + "','algorithm':'sha256'},"
                        + "{'algorithm':'sha256','digest':'" + HASH + "','pcr':15}]"))
                .state();
        DigestSet digests = state.pcr(ReferenceState.SECTION_PCR)
                .orElseThrow()
                .alternatives()
                .get(0)
                .get(0)
                .digests();
        assertEquals(
                HASH, "0x" + digests.value(HashAlgorithm.SHA256).orElseThrow().toHex());
        assertEquals(11, state.userspaceDigests().get(0).pcr());
        assertEquals(15, state.userspaceDigests().get(1).pcr());
        assertEquals(
                state.userspaceDigests().get(0).digest(),
                state.userspaceDigests().get(1).digest());
    }

    @Test
    void digestsOfAllAlgorithmsAreKept() throws Exception {
        String digests =
                "{'sha256':'" + HASH + "','sha1':'0x" + "01".repeat(20) + "','sha512':'0x" + "02".repeat(64) + "'}";
        DigestSet uki = parse(MINIMAL.replace("'uki_digest':{}", "'uki_digest':" + digests))
                .state()
                .ukis()
                .get(0);
        assertEquals(List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA512), uki.algorithms());
        assertEquals(List.of(HashAlgorithm.SHA1), uki.only(HashAlgorithm.SHA1).algorithms());
    }

    @Test
    void swappedOwnersAreCorrectedAndReported() throws Exception {
        Reading reading = parse(withOwners(MICROSOFT_SWAPPED, VENDOR_SWAPPED, Guid.ZERO.toString()));
        assertEquals(List.of(MICROSOFT, VENDOR, Guid.ZERO.toString()), owners(reading));
        assertEquals(List.of(Guid.of(MICROSOFT), Guid.of(VENDOR)), reading.unswappedOwners());
    }

    @Test
    void ownersThatMayBeCanonicalStayAsTheyAre() throws Exception {
        Reading mixed = parse(withOwners(MICROSOFT_SWAPPED, VENDOR, MICROSOFT));
        assertEquals(List.of(MICROSOFT, VENDOR, MICROSOFT), owners(mixed));
        assertEquals(List.of(Guid.of(MICROSOFT)), mixed.unswappedOwners());

        Reading unknown = parse(withOwners(VENDOR, VENDOR_SWAPPED));
        assertEquals(List.of(VENDOR, VENDOR_SWAPPED), owners(unknown));
        assertEquals(List.of(), unknown.unswappedOwners());
    }

    @Test
    void unknownMembersOfTheFieldsFormAreReportedAndThoseOfTheFullFormRefused() throws Exception {
        String members = "'policy':{'a':[1,{}]},'uki_sections':[],'note':null";
        assertEquals(List.of("/policy", "/note"), parse(with(members)).unknownMembers());
        String nested = MINIMAL.replace("'pk':[]", "'pk':[" + signature(VENDOR, "'SignatureType':'x',") + "]")
                .replace("'scrtm_and_bios':[]", "'scrtm_and_bios':[{'platform_firmware':[],'exclude':1}]");
        assertEquals(
                List.of("/scrtm_and_bios/0/exclude", "/pk/0/SignatureType"),
                parse(nested).unknownMembers());

        assertFault("/note", "version 2 has no such member", withFull("'note':null"));
        assertFault("/uki_digest", "version 2 has no such member", withFull("'uki_digest':{}"));
        assertFault("/version", "unknown", with("'kernel_digest':{'md5':'0x00'},'version':1"));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "0", "-1", "2.0", "4294967298", "99999999999999999999999", "'\"2\"'", "null", "[2]", "true"})
    void otherVersionsAreRefused(String version) {
        Fault fault = fault(with("'version':" + version));
        assertTrue(fault.field().equals("/version") || fault.reason().contains("Number"), fault.message());
    }

    @Test
    void versionsAreRefusedWithTheVersionThatIsRead() {
        assertFault("/version", "version 1 is unknown, this release reads version 2", with("'version':1"));
    }

    @Test
    void whatIsNoFullStateIsRefusedWithItsPlace() {
        for (String name : List.of("profile", "scrtm_and_bios", "pk", "kek", "db", "dbx", "pcrs")) {
            String without = MINIMAL_FULL.replaceAll(",'" + name + "':(\\[\\]|'uki')", "");
            assertFault("value", "has no member \"" + name + "\"", without);
        }
        String event = "{'digests':{'sha256':'" + HASH + "'}}";
        assertFault("/profile", "is not known", MINIMAL_FULL.replace("'uki'", "'kernel'"));
        assertFault("/pcrs/0/pcr", "PCR 0 is pinned by scrtm_and_bios", withPcr("'pcr':0,'mode':'free'"));
        assertFault("/pcrs/0/pcr", "24 is not 0 to 23", withPcr("'pcr':24,'mode':'free'"));
        assertFault("/pcrs/1/pcr", "is there twice", withPcr("'pcr':4,'mode':'free'},{'pcr':4,'mode':'empty'"));
        assertFault("/pcrs/0/mode", "is not known", withPcr("'pcr':4,'mode':'FREE'"));
        assertFault("/pcrs/0", "has no member \"mode\"", withPcr("'pcr':4"));
        assertFault("/pcrs/0", "is to have a pinned sequence", withPcr("'pcr':4,'mode':'sequence'"));
        String alternatives = "'pcr':4,'mode':'sequence','alternatives':[[%s]]";
        String at = "/pcrs/0/alternatives/0/0";
        assertFault(at, "has no member \"digests\"", withPcr(alternatives.formatted("{}")));
        assertFault(at, "an event without a digest", withPcr(alternatives.formatted("{'digests':{}}")));
        assertFault(
                at + "/claimed_type",
                "is not an event type",
                withPcr(alternatives.formatted(event.replace("{'d", "{'claimed_type':'EV_NONE','d"))));
        assertFault(
                at + "/role", "is not known", withPcr(alternatives.formatted(event.replace("{'d", "{'role':'x','d"))));
        assertFault(
                at + "/variable",
                "has no member \"vendor\"",
                withPcr(alternatives.formatted(event.replace("{'d", "{'variable':{'name':'db'},'d"))));
        assertFault(
                "/scrtm_and_bios/0",
                "has no member \"startup_locality\"",
                MINIMAL_FULL.replace("'scrtm_and_bios':[]", "'scrtm_and_bios':[{'platform_firmware':[]}]"));
        assertFault(
                "/pk/0/SignatureType",
                "is not known",
                MINIMAL_FULL.replace("'pk':[]", "'pk':[" + signature(VENDOR, "'SignatureType':'x',") + "]"));
    }

    @Test
    void whatIsNoReferenceStateIsRefusedWithItsPlace() {
        for (String name : List.of("scrtm_and_bios", "pk", "kek", "db", "dbx", "uki_digest")) {
            assertFault("value", "has no member \"" + name + "\"", MINIMAL.replace(name, "no_" + name));
        }
        assertFault("value", "is not an object", "[]");
        assertFault("value", "is not an object", "");
        assertFault("/pk", "is not an array", MINIMAL.replace("'pk':[]", "'pk':{}"));
        assertFault("/pk/0", "is not an object", MINIMAL.replace("'pk':[]", "'pk':['a']"));
        assertFault("/pk/0", "has no member \"SignatureData\"", withPk("{'SignatureOwner':'" + VENDOR + "'}"));
        assertFault("/pk/0/SignatureOwner", "is not a GUID", withPk(signature("{" + VENDOR + "}", "")));
        assertFault(
                "/scrtm_and_bios/0",
                "has no member \"platform_firmware\"",
                MINIMAL.replace("'scrtm_and_bios':[]", "'scrtm_and_bios':[{'scrtm':{}}]"));
        assertFault("/uki_digest/sha256", "a sha256 digest has 32 bytes, not 1", withUki("{'sha256':'0xab'}"));
        assertFault("/uki_digest/sha1", "a sha1 digest has 20 bytes, not 32", withUki("{'sha1':'" + HASH + "'}"));
        assertFault("/uki_digest/md5", "\"md5\" is not one of", withUki("{'md5':'0xab'}"));
        assertFault("/uki_digest/sha256", "does not begin with 0x", withUki("{'sha256':'abab'}"));
        assertFault("/uki_digest/sha256", "is not a string", withUki("{'sha256':7}"));
        for (String digits : List.of("0xabc", "0xag", "0x 1", "0x0x11", "0x\u0661\u0661")) {
            assertFault("/uki_digest/sha256", "is not hexadecimal digits", withUki("{'sha256':'" + digits + "'}"));
        }
        assertFault("/uki_digest/sha256", "is empty", withUki("{'sha256':'0x'}"));
        assertFault("syntax", "Duplicate", with("'pk':[]"));
        assertFault("syntax", "Duplicate", withUki("{'sha256':'" + HASH + "','sha256':'" + HASH + "'}"));
        assertFault("end", "something follows", MINIMAL + "{}");
        assertFault("syntax", "a colon", MINIMAL.replace("'pk':", "'pk'"));
        assertFault("syntax", "end-of-input", MINIMAL.substring(0, 40));
        assertFault("/userspace_digests/0/pcr", "24 is not 0 to 23", with("'userspace_digests':[{'pcr':24}]"));
        assertFault("/userspace_digests/0/pcr", "is not an integer", with("'userspace_digests':[{'pcr':1e1}]"));
    }

    @Test
    void textsOfTheFullFormAreChecked() {
        assertFault("/provenance/0/tool", "control", withFull("'provenance':[{'tool':'a\\u0007'}]"));
        assertFault("/provenance/0/source", "1001", withSource("a".repeat(1001)));
        assertFault("/provenance/0/created", "is not a time", withCreated("2026-13-01T00:00:00Z"));
        assertFault("/provenance/0/created", "is not a time such as", withCreated("+12026-01-01T00:00:00Z"));
    }

    @Test
    void faultsTellTheOffset() {
        String json = withUki("{'sha256':'0xab'}");
        assertEquals(json.indexOf("'0xab'"), fault(json).offset());
    }

    @Test
    void hostileSizesAndDepthsAreRefused() {
        assertFault("syntax", "depth", with("'a':" + "[".repeat(40) + "]".repeat(40)));
        assertFault("syntax", "ame length", with("'" + "a".repeat(1100) + "':1"));
        StringBuilder members = new StringBuilder("'m':0");
        for (int i = 0; i < 1000; i++) {
            members.append(",'m").append(i).append("':0");
        }
        assertFault("/m999", "more than 1000 unknown members", with(members.toString()));
        assertFault(
                "/scrtm_and_bios/100",
                "more than 100 items",
                MINIMAL.replace(
                        "'scrtm_and_bios':[]", "'scrtm_and_bios':[" + "{'platform_firmware':[]},".repeat(100) + "{}]"));
        Bytes large = Bytes.wrap(new byte[ReferenceStateJson.MAX_SIZE + 1]);
        MalformedDataException e = assertThrows(MalformedDataException.class, () -> ReferenceStateJson.parse(large));
        assertEquals("size", e.fault().field());
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] json = MINIMAL.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        json[3] = (byte) 0xc3;
        MalformedDataException e =
                assertThrows(MalformedDataException.class, () -> ReferenceStateJson.parse(Bytes.wrap(json)));
        assertEquals("encoding", e.fault().field());
        assertEquals(3, e.fault().offset());
    }

    @Test
    void theSchemaRefusesWhatTheReaderRefuses() throws Exception {
        String good = ReferenceStateJson.write(parse(MINIMAL_FULL).state(), Form.FULL);
        assertConforms(good);
        ObjectNode json = (ObjectNode) MAPPER.readTree(good);
        assertViolates(json.deepCopy().put("version", 1));
        assertViolates(json.deepCopy().put("other", 2));
        assertViolates(json.deepCopy().put("profile", "other"));
        assertViolates(json.deepCopy().without("dbx"));
        for (String pcr : List.of(
                "{\"pcr\":24,\"mode\":\"free\"}",
                "{\"pcr\":0,\"mode\":\"free\"}",
                "{\"pcr\":4,\"mode\":\"other\"}",
                "{\"pcr\":4}",
                "{\"pcr\":4,\"mode\":\"free\",\"alternatives\":[[{\"digests\":{\"sha256\":\"0xab\"}}]]}")) {
            assertViolates(json.deepCopy().set("pcrs", MAPPER.readTree("[" + pcr + "]")));
        }
        assertViolates(json.deepCopy().set("pk", MAPPER.readTree("[{\"SignatureOwner\":\"" + VENDOR + "\"}]")));
    }

    private static void assertViolates(JsonNode json) throws Exception {
        assertFalse(JsonSchema.violations(MAPPER.readTree(ReferenceStateJson.schema()), json)
                .isEmpty());
        assertThrows(MalformedDataException.class, () -> parse(json.toString()));
    }

    private static void assertConforms(String json) throws Exception {
        assertEquals(
                List.of(), JsonSchema.violations(MAPPER.readTree(ReferenceStateJson.schema()), MAPPER.readTree(json)));
    }

    private static List<String> owners(Reading reading) {
        return reading.state().secureBoot().pk().stream()
                .map(signature -> signature.owner().toString())
                .toList();
    }

    private static String withOwners(String... owners) {
        return withPk(String.join(
                ",", Arrays.stream(owners).map(owner -> signature(owner, "")).toList()));
    }

    private static String signature(String owner, String more) {
        return "{" + more + "'SignatureOwner':'" + owner + "','SignatureData':'0x3082'}";
    }

    private static String withPk(String signatures) {
        return MINIMAL.replace("'pk':[]", "'pk':[" + signatures + "]");
    }

    private static String withUki(String digests) {
        return MINIMAL.replace("'uki_digest':{}", "'uki_digest':" + digests);
    }

    private static String withSource(String text) {
        return withFull("'provenance':[{'source':'" + text + "'}]");
    }

    private static String withPcr(String members) {
        return MINIMAL_FULL.replace("'pcrs':[]", "'pcrs':[{" + members + "}]");
    }

    private static String withFull(String members) {
        return MINIMAL_FULL.substring(0, MINIMAL_FULL.length() - 1) + (members.isEmpty() ? "" : "," + members) + "}";
    }

    private static String withCreated(String text) {
        return withFull("'provenance':[{'created':'" + text + "'}]");
    }

    private static String with(String members) {
        return MINIMAL.substring(0, MINIMAL.length() - 1) + "," + members + "}";
    }

    private static Reading parse(String json) throws MalformedDataException {
        return ReferenceStateJson.parse(Bytes.encode(json.replace('\'', '"'), StandardCharsets.UTF_8));
    }

    private static Fault fault(String json) {
        return assertThrows(MalformedDataException.class, () -> parse(json)).fault();
    }

    private static void assertFault(String field, String reason, String json) {
        Fault fault = fault(json);
        assertEquals(field, fault.field(), fault.message());
        assertTrue(fault.reason().contains(reason), fault.message());
        assertTrue(fault.offset() >= 0 && fault.offset() <= json.length(), fault.message());
    }
}
