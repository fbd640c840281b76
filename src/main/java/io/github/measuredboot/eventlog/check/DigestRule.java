package io.github.measuredboot.eventlog.check;

/** Which bytes a digest is the hash of. */
public enum DigestRule {
    /** All of the event data. */
    WHOLE_DATA("the event data"),

    /** The VariableData of a UEFI_VARIABLE_DATA structure: neither the vendor GUID nor the name. */
    VARIABLE_DATA("the variable's data without its name"),

    /** A UEFI_VARIABLE_DATA structure without the bytes that follow it. */
    VARIABLE_STRUCTURE("the variable without the bytes after it"),

    /** The event data without the last byte. */
    ALL_BUT_LAST_BYTE("the event data without their last byte"),

    /** The event data up to the NUL at their end. */
    TEXT_WITHOUT_NUL("the text without its NUL"),

    /** The event data and a NUL that is not in the log. */
    TEXT_AND_NUL("the text and a NUL"),

    /** The event data and a NUL of UTF-16 that is not in the log. */
    TEXT_AND_WIDE_NUL("the text and a NUL of UTF-16"),

    /** The text after the prefix of a GRUB event, without NUL. */
    TEXT_AFTER_PREFIX("the text after the prefix"),

    /** The text after the prefix of a GRUB event, with its NUL. */
    TEXT_AFTER_PREFIX_AND_NUL("the text after the prefix and its NUL"),

    /** The UTF-16 text of the event data in UTF-8, NUL included. */
    TEXT_IN_UTF8("the text in UTF-8"),

    /** The data of a tagged event, without the tag. */
    TAGGED_DATA("the data after the tag"),

    /** The number 1 in 32 bits: a separator for an error; its data are the vendor's. */
    ERROR_VALUE("the error value 1"),

    /** Four bytes of ones: a separator; its data are something else. */
    SEPARATOR_OF_ONES("the separator value of ones"),

    /** Something that the log does not hold. */
    OUTSIDE_THE_LOG("data outside the log"),

    /** Nothing: the event is not measured. */
    NOTHING("nothing");

    private final String description;

    DigestRule(String description) {
        this.description = description;
    }

    /** {@return what the digest covers, as the end of a sentence} */
    public String description() {
        return description;
    }
}
