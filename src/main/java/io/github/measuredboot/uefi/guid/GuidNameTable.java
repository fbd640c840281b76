package io.github.measuredboot.uefi.guid;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lines of canonical text, tab and name, sorted, searched where they lie: a map of them all would take long to make. */
final class GuidNameTable {
    private static final int TEXT_LENGTH = 36;

    private final Bytes lines;

    GuidNameTable(Bytes lines) {
        this.lines = lines;
    }

    Optional<String> name(Guid guid) {
        Bytes text = Bytes.encode(guid.toString(), StandardCharsets.US_ASCII);
        int low = 0;
        int high = lines.length();
        while (low < high) {
            int start = lineStart((low + high) >>> 1);
            int end = lineEnd(start);
            int order = compare(text, start);
            if (order == 0) {
                return Optional.of(nameIn(start, end));
            }
            if (order < 0) {
                high = start;
            } else {
                low = end + 1;
            }
        }
        return Optional.empty();
    }

    Map<Guid, String> toMap() {
        Map<Guid, String> names = new HashMap<>();
        for (int start = 0; start < lines.length(); start = lineEnd(start) + 1) {
            String text = lines.slice(start, TEXT_LENGTH).decode(StandardCharsets.US_ASCII);
            names.put(Guid.of(text), nameIn(start, lineEnd(start)));
        }
        return Map.copyOf(names);
    }

    private String nameIn(int start, int end) {
        int nameStart = start + TEXT_LENGTH + 1;
        return lines.slice(nameStart, end - nameStart).decode(StandardCharsets.UTF_8);
    }

    private int lineStart(int position) {
        int start = position;
        while (start > 0 && lines.u8(start - 1) != '\n') {
            start--;
        }
        return start;
    }

    private int lineEnd(int position) {
        int end = position;
        while (end < lines.length() && lines.u8(end) != '\n') {
            end++;
        }
        return end;
    }

    private int compare(Bytes text, int start) {
        for (int i = 0; i < TEXT_LENGTH; i++) {
            int order = Integer.compare(text.u8(i), lines.u8(start + i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
