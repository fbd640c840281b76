package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into nodes as EDK2's ConvertTextToDevicePath does. Used once. */
final class DevicePathParser {
    private static final String STRUCTURE = "device path text";
    private static final String SKIPPED = "/(),";
    private static final int MAX_PATH_NAME = NodeLayout.MAX_BODY / Character.BYTES - 1;
    private static final Pattern NAMED_NODE = Pattern.compile("([A-Za-z0-9-]+)\\((.*)", Pattern.DOTALL);

    private final String text;
    private final boolean strict;
    private final ByteWriter path = new ByteWriter();
    private int position;
    private int nodeCount;
    private int size;

    DevicePathParser(String text, boolean strict) {
        this.text = text;
        this.strict = strict;
    }

    DevicePath parse() throws MalformedDataException {
        while (skipSeparators()) {
            int start = position;
            int end = findEndOfNode();
            if (end < 0) {
                requireLenient(start, "the parentheses are not balanced");
                break;
            }
            position = Math.min(end + 1, text.length());
            if (end == text.length() - 1 && text.charAt(end) == '/') {
                requireLenient(end, "a separator without a node");
            }
            Bytes node = parseNode(start, text.substring(start, end));
            if (!node.isEmpty() && !isEndOfPath(node)) {
                add(node, start);
            }
            if (end < text.length() && text.charAt(end) == ',') {
                add(EndNode.INSTANCE.encoded(), end);
            }
        }
        add(EndNode.ENTIRE.encoded(), text.length());
        DevicePath parsed = DevicePath.decode(path.toBytes());
        if (strict && parsed.fault().isPresent()) {
            throw fault(0, "nodes", parsed.fault().get().message());
        }
        return parsed;
    }

    private boolean skipSeparators() throws MalformedDataException {
        int start = position;
        while (position < text.length() && SKIPPED.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        boolean oneSlashWhereAnInstanceBegins = position - start == 1
                && text.charAt(start) == '/'
                && (start == 0 || text.charAt(start - 1) == ',')
                && position < text.length();
        if (position > start && !oneSlashWhereAnInstanceBegins) {
            requireLenient(start, "a separator without a node");
        }
        return position < text.length();
    }

    private int findEndOfNode() {
        int depth = 0;
        int end = position;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            if (depth == 0 && (c == '/' || c == ',')) {
                break;
            }
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
        }
        return depth == 0 ? end : -1;
    }

    private Bytes parseNode(int start, String node) throws MalformedDataException {
        Matcher named = NAMED_NODE.matcher(node);
        if (named.matches()) {
            String parameters = named.group(2);
            int close = parameters.indexOf(')');
            NodeSyntax.Encoder syntax = NodeSyntax.find(named.group(1));
            if (syntax != null && close >= 0) {
                int parametersStart = start + named.start(2);
                if (close != parameters.length() - 1) {
                    requireLenient(parametersStart + close + 1, "text after the closing parenthesis");
                }
                NodeParameters reader =
                        new NodeParameters(named.group(1), parameters.substring(0, close), parametersStart, strict);
                Bytes parsed = syntax.encode(reader);
                reader.requireEnd();
                return parsed;
            }
            requireLenient(start, "no node is named " + named.group(1));
        }
        if (!node.equals(node.strip())) {
            requireLenient(start, "blanks around a file name");
        }
        if (node.length() > MAX_PATH_NAME) {
            throw fault(start, "file", "a name of " + node.length() + " characters where " + MAX_PATH_NAME + " fit");
        }
        return MediaNode.FilePath.of(node).encoded();
    }

    private static boolean isEndOfPath(Bytes node) {
        return node.u8(0) == EndNode.TYPE && node.u8(1) == EndNode.ENTIRE_SUBTYPE;
    }

    private void add(Bytes node, int textPosition) throws MalformedDataException {
        size += node.length();
        if (++nodeCount > DevicePath.MAX_NODES || size > DevicePath.MAX_SIZE) {
            throw fault(textPosition, "nodes", "more than " + DevicePath.LIMITS);
        }
        path.bytes(node);
    }

    private void requireLenient(int textPosition, String reason) throws MalformedDataException {
        if (strict) {
            throw fault(textPosition, "syntax", reason);
        }
    }

    static MalformedDataException fault(int textPosition, String field, String reason) {
        return new MalformedDataException(new Fault(textPosition, STRUCTURE, field, reason));
    }
}
