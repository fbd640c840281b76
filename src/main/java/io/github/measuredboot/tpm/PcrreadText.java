package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.MalformedDataException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

final class PcrreadText {
    private static final Pattern LINE = Pattern.compile("[^\n]*\n?");
    private static final Pattern BANK = Pattern.compile("\\s*([^\\s:]+)\\s*:\\s*");
    private static final Pattern VALUE = Pattern.compile("\\s*([^\\s:]+)\\s*:\\s*([^\\s:]+)\\s*");
    private static final Pattern NOTHING = Pattern.compile("\\s*+(---)?+\\s*+");

    private PcrreadText() {}

    /** The block of tpm2_quote and tpm2_checkquote. */
    private static final Pattern BLOCK = Pattern.compile("(?m)^\ufeff?pcrs:[ \\t\\r]*$");

    private static final String MARK = "\ufeff";
    private static final Pattern AFTER_BLOCK = Pattern.compile("\\n(?=[^\\s-])");
    private static final Pattern REPLAYED = Pattern.compile("(?m)^(events:|- EventNum:)");

    static PcrValues parse(String text) throws MalformedDataException {
        PcrValuesBuilder values = new PcrValuesBuilder("tpm2_pcrread output");
        Matcher block = BLOCK.matcher(text);
        int start = text.startsWith(MARK) ? MARK.length() : 0;
        if (!block.find()) {
            return parse(text, start, text.length(), values);
        }
        if (REPLAYED.matcher(text).find()) {
            throw values.fault(
                    block.start(),
                    "pcrs",
                    "this is what tpm2_eventlog computes from a log: no values of a TPM, which tpm2_pcrread prints");
        }
        Matcher after = AFTER_BLOCK.matcher(text);
        return parse(text, block.end(), after.find(block.end()) ? after.start() : text.length(), values);
    }

    private static PcrValues parse(String text, int start, int end, PcrValuesBuilder values)
            throws MalformedDataException {
        @Nullable HashAlgorithm bank = null;
        Matcher lines = LINE.matcher(text).region(start, end);
        while (lines.find() && lines.start() < end) {
            String line = lines.group();
            Matcher value = VALUE.matcher(line);
            Matcher name = BANK.matcher(line);
            if (value.matches() && bank != null) {
                values.add(bank, value.group(1), value.group(2), lines.start() + value.start(2));
            } else if (name.matches()) {
                bank = values.bank(name.group(1), lines.start() + name.start(1));
            } else if (!NOTHING.matcher(line).matches()) {
                throw values.fault(lines.start(), "line", "neither the name of a bank nor the value of a PCR in one");
            }
        }
        return values.build();
    }
}
