package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.util.ArrayList;
import java.util.List;

/** The data of an EV_SEPARATOR event (PFP section 10.4.1): it marks the end of a phase in its PCR. */
public record SeparatorData(Bytes raw) implements EventData {
    private static final int SIZE = 4;
    private static final Bytes WBCL = Bytes.parseHex("5742434c");

    /** What a separator means. */
    public enum Kind {
        /** 00000000 or ffffffff: the phase before the operating system has ended. */
        NORMAL("normal", "end of the pre-OS phase"),

        /** 00000001: firmware could not measure what it should. */
        ERROR("error", "firmware error"),

        /** {@code "WBCL"}: Windows has closed its PCRs; what is measured into them later is not Windows' own. */
        WINDOWS("windows", "end of the Windows boot"),

        /** Other data: error information of a vendor, if the digest is that of 00000001. */
        VENDOR("vendor", "vendor data");

        private final String id;
        private final String meaning;

        Kind(String id, String meaning) {
            this.id = id;
            this.meaning = meaning;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }

    /** {@return what the data mean} */
    public Kind kind() {
        if (raw.length() != SIZE) {
            return Kind.VENDOR;
        }
        long value = raw.u32(0);
        if (value == 0 || value == 0xffff_ffffL) {
            return Kind.NORMAL;
        }
        return value == 1 ? Kind.ERROR : raw.equals(WBCL) ? Kind.WINDOWS : Kind.VENDOR;
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.binary("value", raw, 0));
        fields.add(Field.text("meaning", kind().meaning, 0, raw.length()));
        if (kind() == Kind.VENDOR) {
            RecognizedText.certainly(raw)
                    .ifPresent(text -> fields.add(Field.text("text", text.text(), 0, raw.length())));
        }
        return fields;
    }
}
