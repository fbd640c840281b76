package io.github.measuredboot.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * File names as the bytes that they are on Linux, whatever the locale. The JVM decodes arguments and file names by the locale, and
 * under {@code LC_ALL=C} that is ASCII. Here a name is UTF-8 wherever its bytes are, and any other byte is a lone surrogate.
 */
final class FileNames {
    private static final char FIRST_BYTE = 0xdc00;
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Charset CHARSET_OF_JVM =
            Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));

    private FileNames() {}

    /** The arguments of this process by their bytes, or as they are given where these cannot be had or are ASCII anyway. */
    static String[] arguments(String[] given) {
        if (isSurelyDecoded(String.join("", given))) {
            return given;
        }
        List<String> all = new ArrayList<>();
        try {
            ByteArrayOutputStream argument = new ByteArrayOutputStream();
            for (byte b : Files.readAllBytes(COMMAND_LINE)) {
                if (b == 0) {
                    all.add(decode(argument.toByteArray()));
                    argument.reset();
                } else {
                    argument.write(b);
                }
            }
        } catch (IOException e) {
            return given;
        }
        return all.size() < given.length
                ? given
                : all.subList(all.size() - given.length, all.size()).toArray(new String[0]);
    }

    /** What cannot be decoded becomes a question mark or a character that is not ASCII. */
    private static boolean isSurelyDecoded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80 || text.charAt(i) == '?') {
                return false;
            }
        }
        return true;
    }

    /** The file of a name, also where the JVM could not encode it: a URI has the bytes themselves. */
    static Path path(String name) {
        boolean isRelative = !name.startsWith("/");
        if ((canEncode(name) && (!isRelative || canEncode(System.getProperty("user.dir", ""))))
                || !Files.exists(COMMAND_LINE)) {
            return Path.of(name);
        }
        StringBuilder uri = new StringBuilder(isRelative ? "file:///proc/self/cwd/" : "file://");
        for (byte b : encode(name)) {
            uri.append(
                    b == '/' || Character.isLetterOrDigit(b) ? String.valueOf((char) b) : String.format("%%%02x", b));
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static boolean canEncode(String text) {
        return CHARSET_OF_JVM.newEncoder().canEncode(text) && text.indexOf('\ufffd') < 0;
    }

    static String decode(byte[] name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(name);
        CharBuffer out = CharBuffer.allocate(name.length);
        for (CoderResult result = decoder.decode(in, out, true);
                result.isMalformed();
                result = decoder.reset().decode(in, out, true)) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (FIRST_BYTE + (in.get() & 0xff)));
            }
        }
        return out.flip().toString();
    }

    static byte[] encode(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        name.codePoints().forEach(c -> {
            if (c >= FIRST_BYTE && c <= FIRST_BYTE + 0xff) {
                bytes.write(c - FIRST_BYTE);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
