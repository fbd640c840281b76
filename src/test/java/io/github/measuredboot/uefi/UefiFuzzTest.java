package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.testing.ShownFields;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;

class UefiFuzzTest {
    private static void requireInside(MalformedDataException e, byte[] input) {
        long offset = e.fault().offset();
        assertTrue(offset >= 0 && offset <= input.length, e.getMessage());
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnySignatureList(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        try {
            SignatureDatabase database = SignatureDatabase.decode(bytes, 0);
            assertEquals(bytes, database.encode());
            ShownFields.requireInside(database.fields(0), input.length);
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
        try {
            AuthoritySignature authority = AuthoritySignature.decode(bytes, 0);
            assertEquals(bytes, authority.encode());
            ShownFields.requireInside(authority.fields(0), input.length);
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
        try {
            String report = ReportJson.signatureDatabase(SignatureDatabaseFile.decode(bytes));
            assertTrue(report.endsWith("}"));
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnyCertificate(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        Certificate certificate = Certificate.decode(bytes, 0);
        assertEquals(bytes, certificate.encoded());
        ShownFields.requireInside(certificate.fields(0), input.length);
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnyLoadOption(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        try {
            LoadOption option = LoadOption.decode(bytes, 0);
            assertEquals(bytes, option.encode());
            ShownFields.requireInside(option.fields(0), input.length);
            option.fault().ifPresent(fault -> assertTrue(fault.offset() <= input.length, fault.message()));
            option.filePathList().forEach(path -> path.toText(DevicePathTextForm.UEFI));
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnyPartitionTable(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        try {
            GptTable table = GptTable.decode(bytes, 0);
            assertEquals(bytes, table.encode());
            ShownFields.requireInside(table.fields(0), input.length);
            table.partitions().forEach(partition -> assertTrue(partition.name().length() <= 36));
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnyVariable(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        try {
            VariableData variable = VariableData.decode(bytes, 0);
            assertEquals(bytes, variable.encode());
            ShownFields.requireInside(variable.fields(0), input.length);
            assertEquals(
                    variable.data(),
                    bytes.slice(variable.dataOffset(), variable.data().length()));
            KnownVariable.of(variable.variableName(), variable.unicodeName());
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnyImageLoadEvent(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        try {
            ImageLoadEvent event = ImageLoadEvent.decode(bytes, 0);
            assertEquals(bytes, event.encode());
            ShownFields.requireInside(event.fields(0), input.length);
            event.fault().ifPresent(fault -> assertTrue(fault.offset() <= input.length, fault.message()));
        } catch (MalformedDataException e) {
            requireInside(e, input);
        }
    }
}
