package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.internal.recognition.RecognizedText;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.LoadOptionTail;
import io.github.measuredboot.uefi.SbatLevel;
import io.github.measuredboot.uefi.SignatureDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The value of a UEFI variable, decoded by the variable's vendor GUID and name. */
public sealed interface VariableContent {
    /**
     * The fields for display.
     *
     * @param offset where the value begins
     * @return the fields, with offsets counted from where {@code offset} is counted
     */
    List<Field> fields(int offset);

    /**
     * SecureBoot, SetupMode, MokListTrusted and the like.
     *
     * @param enabled false also if the variable does not exist, which is measured as no data
     */
    record Flag(boolean enabled) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return List.of(Field.flag("enabled", enabled, offset, enabled ? 1 : 0));
        }
    }

    /** PK, KEK, db, dbx and the like, or shim's MokList. */
    record Signatures(SignatureDatabase database) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return database.fields(offset);
        }
    }

    /** The signature database entry that an image was accepted by. */
    record Authority(AuthoritySignature signature) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return signature.fields(offset);
        }
    }

    /** BootOrder and the like. */
    record Order(BootOrder order) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return order.fields(offset);
        }
    }

    /** BootNext and BootCurrent. */
    record OptionNumber(int number) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return List.of(Field.text("option", String.format("%04X", number), offset, Short.BYTES));
        }
    }

    /** Boot#### and the like. */
    record Option(LoadOption option) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return option.fields(offset);
        }
    }

    /** Boot#### and the like, of which the firmware has measured only a part. */
    record OptionTail(LoadOptionTail tail) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return tail.fields(offset);
        }
    }

    /** SbatLevel. */
    record Sbat(SbatLevel level) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return level.fields(offset);
        }
    }

    /** The value of an unknown variable. */
    record Opaque(Bytes bytes) implements VariableContent {
        /** {@return the value if it is text} */
        public Optional<String> text() {
            return RecognizedText.certainly(bytes).map(RecognizedText::text);
        }

        @Override
        public List<Field> fields(int offset) {
            List<Field> fields = new ArrayList<>();
            text().ifPresent(text -> fields.add(Field.text("variableText", text, offset, bytes.length())));
            if (!bytes.isEmpty()) {
                fields.add(Field.binary("variableData", bytes, offset));
            }
            return fields;
        }
    }

    /**
     * A value that breaks the structure of its variable.
     *
     * @param bytes the value
     * @param fault what is wrong; its offset counts from the start of the event data
     */
    record Malformed(Bytes bytes, Fault fault) implements VariableContent {
        @Override
        public List<Field> fields(int offset) {
            return List.of(
                    Field.text("fault", fault.message(), offset, bytes.length()),
                    Field.binary("variableData", bytes, offset));
        }
    }
}
