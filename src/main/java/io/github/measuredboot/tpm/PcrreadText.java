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

    static PcrValues parse(String text) throws MalformedDataException {
        PcrValuesBuilder values = new PcrValuesBuilder("tpm2_pcrread output");
        @Nullable HashAlgorithm bank = null;
        Matcher lines = LINE.matcher(text);
        while (lines.find() && lines.start() < text.length()) {
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
