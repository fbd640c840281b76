package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.TestLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcrValuesTest {
    private static final Path PCRREAD = Path.of("testdata/pcrread");
    private static final String ZEROS = "00".repeat(32);

    @Test
    void theFormsOfTpm2PcrreadGiveTheSameValues() throws Exception {
        PcrValues text = PcrValues.parsePcrread(Files.readString(PCRREAD.resolve("all-banks.yaml")));
        PcrValues binary = PcrValues.parsePcrreadBinary(
                read("all-banks.bin"), PcrSelection.parse("sha1:all+sha256:all+sha384:all+sha512:all"));
        assertEquals(text, binary);

        PcrValues some = PcrValues.parsePcrreadBinary(
                read("sha256-1-3-sha1-0-3.bin"), PcrSelection.parse("sha256:1,3+sha1:0,3"));
        assertEquals(some, PcrValues.parsePcrreadSerialized(read("sha256-1-3-sha1-0-3.serialized.bin")));
        assertEquals(
                "3d96efe6e4a9ecb1270df4d80dedd5062b831b5a",
                some.value(HashAlgorithm.SHA1, 3).orElseThrow().toHex());

        PcrValues twoBanks = PcrValues.parsePcrreadSerialized(read("sha256-all-sha1-all.serialized.bin"));
        assertEquals(text.bank(HashAlgorithm.SHA256), twoBanks.bank(HashAlgorithm.SHA256));
        assertEquals(text.bank(HashAlgorithm.SHA1), twoBanks.bank(HashAlgorithm.SHA1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no bank at all | line",
                "sha1: | ",
                "md5: | bank",
                "sha256:;sha256: | bank",
                "0 : 0x00 | line",
                "sha256:;  0 : 0x00 | sha256[0]",
                "sha256:;  x : 0x00 | sha256[x]",
                "sha256:;  32 : 0xZEROS | sha256[32]",
                "sha256:;  0 : 0xZEROS0 | sha256[0]",
                "sha256:;  0 : ZEROSg | sha256[0]",
                "sha256:;  0 : 0xZEROS;  0 : 0xZEROS | sha256[0]",
                "sha256:;  0 : 0xZEROS trailing | line"
            })
    void textThatIsNotThatOfPcrreadIsRefusedByField(String lines, @Nullable String field) throws Exception {
        String text = lines.replace(";", "\n").replace("ZEROS", ZEROS);
        if (field == null) {
            assertEquals(1, PcrValues.parsePcrread(text).banks().size());
        } else {
            assertEquals(field, fault(() -> PcrValues.parsePcrread(text)).field());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | value",
                "{} | value",
                "{\"sha256\":[]} | /sha256",
                "{\"sha256\":{\"0\":1}} | /sha256/0",
                "{\"md5\":{}} | /md5",
                "{\"sha256\":{},\"sha256\":{}} | syntax",
                "{\"sha256\":{\"0\":\"ZEROS\",\"0\":\"ZEROS\"}} | syntax",
                "{\"sha256\":{\"0\":\"ZEROS\",\"00\":\"ZEROS\"}} | /sha256/00",
                "{\"sha256\":{\"0\":\"00\"}} | /sha256/0",
                "{\"sha256\":{}} {} | end",
                "{\"sha256\":{ | syntax",
                "{\"sha256\" | syntax"
            })
    void jsonThatIsNoObjectOfBanksIsRefusedByField(String json, String field) {
        Bytes bytes = Bytes.encode(json.replace("ZEROS", ZEROS), StandardCharsets.UTF_8);
        assertEquals(field, fault(() -> PcrValuesJson.parse(bytes)).field());
    }

    @Test
    void binariesOfAnotherSizeAndBrokenStructuresAreRefused() throws Exception {
        Bytes serialized = read("sha256-1-3-sha1-0-3.serialized.bin");
        for (int size = 0; size < serialized.length(); size++) {
            Bytes cut = serialized.slice(0, size);
            assertThrows(MalformedDataException.class, () -> PcrValues.parsePcrreadSerialized(cut));
        }
        assertEquals("TPML_PCR_SELECTION.count", changed(serialized, 0, 17).field());
        assertEquals("TPMS_PCR_SELECTION.hash", changed(serialized, 4, 0x77).field());
        assertEquals(
                "TPMS_PCR_SELECTION.sizeofSelect", changed(serialized, 6, 5).field());
        assertEquals("TPMS_PCR_SELECTION.hash", changed(serialized, 0, 16).field());
        assertEquals(
                PcrValues.parsePcrreadSerialized(serialized),
                PcrValues.parsePcrreadSerialized(withByte(serialized, 6, 4)));
        assertEquals("count", changed(serialized, 7, 0x0b).field());
        assertEquals("end", changed(serialized, 132, 0).field());
        assertEquals("TPML_DIGEST.count", changed(serialized, 136, 9).field());
        assertEquals("sha256[1]", changed(serialized, 140, 31).field());
        assertEquals("sha256[1]", changed(serialized, 140, 64).field());
        assertEquals("TPM2B_DIGEST.size", changed(serialized, 140, 65).field());
        assertEquals(
                "size",
                fault(() -> PcrValues.parsePcrreadBinary(read("all-banks.bin"), PcrSelection.parse("sha1:0")))
                        .field());
    }

    @Test
    void aTpm12FolderHasOneFile(@TempDir Path folder) throws Exception {
        assertThrows(IOException.class, () -> PcrValues.readSysfs(folder));
        Path device = Files.createDirectories(folder.resolve("device"));
        Files.writeString(
                device.resolve("pcrs"), "PCR-00: " + "AB ".repeat(20) + "\nPCR-23: " + "00 ".repeat(20) + "\n");
        PcrValues values = PcrValues.readSysfs(folder);
        assertEquals(
                "ab".repeat(20),
                values.value(HashAlgorithm.SHA1, 0).orElseThrow().toHex());
        assertEquals(2, values.bank(HashAlgorithm.SHA1).orElseThrow().values().size());
        String good = "PCR-00: " + "AB ".repeat(20) + "\n\n";
        for (String wrong : List.of("PCR-01: garbage\n", good.strip())) {
            Files.writeString(device.resolve("pcrs"), good + wrong);
            Fault fault = fault(() -> PcrValues.readSysfs(folder));
            assertEquals(good.length(), fault.offset(), fault.message());
        }
    }

    @Test
    void whatIsWrongWithTheTextOfPcrreadIsFound() {
        String good = "sha1:\n  0 : 0x" + "00".repeat(20) + "\n";
        Map<String, Integer> offsets = Map.of(
                "  0 : 0x" + "11".repeat(20),
                "  0 : ".length(),
                "  x : 0x" + "11".repeat(20),
                "  x : ".length(),
                "  md5:",
                "  ".length(),
                "garbage",
                0);
        offsets.forEach((wrong, offset) -> {
            Fault fault = fault(() -> PcrValues.parsePcrread(good + wrong + "\n"));
            assertEquals(good.length() + offset, fault.offset(), fault.message());
        });
    }

    @Test
    void selectionsAreReadInTheNotationOfTpm2Tools() throws Exception {
        PcrSelection selection = PcrSelection.parse("sha256:7,0-2,2+sha1:all");
        assertEquals(List.of(0, 1, 2, 7), selection.banks().get(0).pcrs());
        assertEquals(4 * 32 + 24 * 20, selection.valuesSize());
        assertTrue(selection.toString().startsWith("sha256:0,1,2,7+sha1:0,1,2,"));
        assertEquals(List.of(0, 4, 5, 6, 31), PcrSelection.parsePcrs("4-6,31,0"));
        assertTrue(fault(() -> PcrSelection.parsePcrs("-3")).message().contains("'' is not a PCR index"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | bank | 0",
                "sha256 | bank | 0",
                "sha1:0+md5:0 | hash | 7",
                "sha1:0+sha1:1 | hash | 7",
                "sha1:0,x | pcrSelect | 7",
                "sha1:0,32 | pcrSelect | 7",
                "sha1:5-2 | pcrSelect | 5",
                "sha1: | pcrSelect | 5",
                ":0 | hash | 0",
                "sha1:0,2-x | pcrSelect | 9"
            })
    void otherSelectionsAreRefusedByFieldAndOffset(String text, String field, int offset) {
        Fault fault = fault(() -> PcrSelection.parse(text));
        assertEquals(field + " " + offset, fault.field() + " " + fault.offset());
    }

    private static Fault changed(Bytes file, int at, int value) {
        return fault(() -> PcrValues.parsePcrreadSerialized(withByte(file, at, value)));
    }

    private static Bytes withByte(Bytes file, int at, int value) {
        byte[] changed = file.toByteArray();
        changed[at] = (byte) value;
        return Bytes.wrap(changed);
    }

    private static Fault fault(Executable reading) {
        return assertThrows(MalformedDataException.class, reading).fault();
    }

    private static Bytes read(String name) {
        return Bytes.wrap(TestLogs.read(PCRREAD.resolve(name)));
    }
}
