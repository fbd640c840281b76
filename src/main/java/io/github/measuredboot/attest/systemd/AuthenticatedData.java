package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What systemd says about an NvPCR, the hash of which the TPM has signed: a JSON object with members that are strings without
 * escapes, numbers, {@code true}, {@code false} or {@code null}.
 */
final class AuthenticatedData {
    private static final int MAX_SIZE = 1 << 12;
    private static final String STRING = "\"([^\"\\\\\\p{Cntrl}]{0,255})\"";
    private static final Pattern MEMBER = Pattern.compile(
            "\\G\\s*([{,])\\s*" + STRING + "\\s*:\\s*(?:" + STRING + "|-?[0-9.eE+-]{1,30}|true|false|null)");
    private static final Pattern END = Pattern.compile("\\s*}\\s*");

    private AuthenticatedData() {}

    /** Empty if there is no such name, or more than one, or this is another form of text. */
    static Optional<String> name(Bytes authenticatedData) {
        if (authenticatedData.length() > MAX_SIZE) {
            return Optional.empty();
        }
        String text = authenticatedData.decode(StandardCharsets.UTF_8);
        Matcher members = MEMBER.matcher(text);
        Optional<String> name = Optional.empty();
        int end = 0;
        while (members.find()) {
            boolean isFirst = end == 0;
            if (isFirst != members.group(1).equals("{")) {
                return Optional.empty();
            }
            end = members.end();
            if (members.group(2).equals("name")) {
                if (name.isPresent() || members.group(3) == null) {
                    return Optional.empty();
                }
                name = Optional.of(members.group(3));
            }
        }
        return END.matcher(text.substring(end)).matches() ? name : Optional.empty();
    }
}
