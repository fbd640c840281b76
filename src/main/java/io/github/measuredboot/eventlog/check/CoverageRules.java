package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.TaggedEvent;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.TaggedData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.eventlog.data.WindowsData;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the digest of an event may cover, by its type; what the specification says comes first. A list that ends in {@link
 * CoverageRule#OUTSIDE_THE_LOG} is for a type whose digest need not be the hash of anything in the log.
 */
final class CoverageRules {
    private static final Pattern NAME = Pattern.compile("[ -~]{1,64}\\x00?");
    private static final Pattern VERSION = Pattern.compile("[A-Z]?[0-9]{1,8}(\\.[0-9]{1,8}){0,3}");

    private CoverageRules() {}

    /** None for an event that extends no PCR. */
    static List<CoverageRule> of(Event event, EventData data) {
        return event.isMeasured() ? of(event.claimedType().measured(), data) : List.of();
    }

    private static List<CoverageRule> of(EventType.Measured measured, EventData data) {
        return switch (measured) {
            case DATA_OR_OUTSIDE -> wholeOrOutside(data);
            case NOTHING -> List.of();
            case SEPARATOR -> separator(data);
            case TEXT -> text(data.raw());
            case VERSION -> version(data);
            case IPL -> ipl((IplData) data);
            case TAGGED -> tag(data);
            case VARIABLE -> variable(data);
            case AUTHORITY -> authority(data);
            case VARIABLE_DATA -> bootVariable(data);
            case DATA -> List.of(CoverageRule.whole(data.raw()));
            case OUTSIDE -> List.of(CoverageRule.OUTSIDE_THE_LOG);
        };
    }

    private static List<CoverageRule> wholeOrOutside(EventData data) {
        return List.of(CoverageRule.whole(data.raw()), CoverageRule.OUTSIDE_THE_LOG);
    }

    private static List<CoverageRule> separator(EventData data) {
        return isName(data.raw())
                ? List.of(CoverageRule.whole(data.raw()), CoverageRule.ERROR_VALUE, CoverageRule.NAMED_SEPARATOR)
                : List.of(CoverageRule.whole(data.raw()), CoverageRule.ERROR_VALUE);
    }

    /** Four bytes would be a separator value. */
    private static boolean isName(Bytes raw) {
        return raw.length() > Integer.BYTES
                && NAME.matcher(raw.decode(StandardCharsets.ISO_8859_1)).matches();
    }

    private static List<CoverageRule> version(EventData data) {
        List<CoverageRule> rules = text(data.raw());
        if (RecognizedText.of(data.raw())
                .filter(text -> VERSION.matcher(text.text()).matches())
                .isPresent()) {
            rules.add(CoverageRule.quirk(DigestQuirk.VERSION_NOT_COVERED, DigestRule.OUTSIDE_THE_LOG, 0, 0));
        }
        return rules;
    }

    private static List<CoverageRule> text(Bytes raw) {
        List<CoverageRule> rules = new ArrayList<>();
        rules.add(CoverageRule.whole(raw));
        int nuls = trailingNuls(raw);
        for (int nul = 1; nul <= nuls; nul++) {
            rules.add(CoverageRule.quirk(
                    DigestQuirk.TEXT_NUL_NOT_COVERED, DigestRule.TEXT_WITHOUT_NUL, 0, raw.length() - nul));
        }
        rules.add(textAndNul(raw));
        return rules;
    }

    private static CoverageRule textAndNul(Bytes raw) {
        return CoverageRule.quirk(DigestQuirk.TEXT_NUL_NOT_LOGGED, DigestRule.TEXT_AND_NUL, 0, raw.length());
    }

    /** A NUL of ASCII or of UTF-16. */
    private static int trailingNuls(Bytes raw) {
        int nuls = 0;
        while (nuls < Character.BYTES && nuls < raw.length() && raw.u8(raw.length() - 1 - nuls) == 0) {
            nuls++;
        }
        return nuls;
    }

    private static List<CoverageRule> ipl(IplData ipl) {
        Bytes raw = ipl.raw();
        List<CoverageRule> rules = new ArrayList<>();
        switch (ipl.kind()) {
            case GRUB_COMMAND, KERNEL_COMMAND_LINE, MODULE_COMMAND_LINE -> {
                int start = ipl.textOffset();
                int end = start;
                while (end < raw.length() && raw.u8(end) != 0) {
                    end++;
                }
                rules.add(CoverageRule.quirk(
                        DigestQuirk.GRUB_PREFIX_NOT_COVERED, DigestRule.TEXT_AFTER_PREFIX, start, end - start));
                if (end < raw.length()) {
                    rules.add(CoverageRule.quirk(
                            DigestQuirk.GRUB_PREFIX_NOT_COVERED,
                            DigestRule.TEXT_AFTER_PREFIX_AND_NUL,
                            start,
                            end - start + 1));
                }
                rules.add(CoverageRule.whole(raw));
            }
            case UKI_SECTION, UTF16_TEXT -> {
                if (isValidUtf16(raw)) {
                    rules.add(CoverageRule.quirk(
                            DigestQuirk.STUB_NAME_IN_UTF8, DigestRule.TEXT_IN_UTF8, 0, raw.length()));
                }
                rules.addAll(text(raw));
                rules.add(CoverageRule.quirk(
                        DigestQuirk.TEXT_NUL_NOT_LOGGED, DigestRule.TEXT_AND_WIDE_NUL, 0, raw.length()));
                rules.add(CoverageRule.OUTSIDE_THE_LOG);
            }
            default -> {
                rules.addAll(text(raw));
                rules.add(CoverageRule.OUTSIDE_THE_LOG);
            }
        }
        return rules;
    }

    private static boolean isValidUtf16(Bytes raw) {
        try {
            StandardCharsets.UTF_16LE.newDecoder().decode(raw.asByteBuffer());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<CoverageRule> tag(EventData data) {
        Bytes raw = data.raw();
        if (data instanceof WindowsData) {
            return List.of(CoverageRule.whole(raw));
        }
        List<CoverageRule> rules = new ArrayList<>();
        rules.add(CoverageRule.whole(raw));
        if (data instanceof TaggedData tagged
                && tagged.tags().fault().isEmpty()
                && tagged.tags().events().size() == 1) {
            rules.add(CoverageRule.quirk(
                    DigestQuirk.TAG_NOT_COVERED,
                    DigestRule.TAGGED_DATA,
                    TaggedEvent.HEADER_SIZE,
                    raw.length() - TaggedEvent.HEADER_SIZE));
        }
        rules.add(CoverageRule.OUTSIDE_THE_LOG);
        return rules;
    }

    private static List<CoverageRule> variable(EventData data) {
        List<CoverageRule> rules = new ArrayList<>();
        rules.add(CoverageRule.whole(data.raw()));
        if (data instanceof VariableEventData variable) {
            if (!variable.variable().trailing().isEmpty()) {
                rules.add(CoverageRule.quirk(
                        DigestQuirk.VARIABLE_TRAILING_BYTES_NOT_COVERED,
                        DigestRule.VARIABLE_STRUCTURE,
                        0,
                        data.raw().length() - variable.variable().trailing().length()));
            }
            rules.add(CoverageRule.quirk(
                    DigestQuirk.VARIABLE_NAME_NOT_COVERED,
                    DigestRule.VARIABLE_DATA,
                    variable.variable().dataOffset(),
                    variable.variable().data().length()));
        }
        return rules;
    }

    private static List<CoverageRule> authority(EventData data) {
        List<CoverageRule> rules = variable(data);
        if (!data.raw().isEmpty()) {
            rules.add(CoverageRule.quirk(
                    DigestQuirk.SHIM_LAST_BYTE_NOT_COVERED,
                    DigestRule.ALL_BUT_LAST_BYTE,
                    0,
                    data.raw().length() - 1));
        }
        return rules;
    }

    private static List<CoverageRule> bootVariable(EventData data) {
        List<CoverageRule> rules = new ArrayList<>();
        if (data instanceof VariableEventData variable) {
            rules.add(CoverageRule.of(
                    DigestRule.VARIABLE_DATA,
                    variable.variable().dataOffset(),
                    variable.variable().data().length()));
        }
        rules.add(CoverageRule.quirk(
                DigestQuirk.VARIABLE_BOOT_WHOLE_STRUCTURE,
                DigestRule.WHOLE_DATA,
                0,
                data.raw().length()));
        return rules;
    }
}
