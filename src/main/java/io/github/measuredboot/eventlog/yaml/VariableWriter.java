package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.Version;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** UEFI_VARIABLE_DATA. */
final class VariableWriter {
    private static final int NAME = 32;
    private static final Set<String> SIGNATURE_DATABASES = Set.of("PK", "KEK", "db", "dbx");

    private final Yaml out;
    private final EventLogYaml format;

    VariableWriter(Yaml out, EventLogYaml format) {
        this.out = out;
        this.format = format;
    }

    boolean write(EventType type, Bytes event) throws IOException {
        if (event.length() < NAME) {
            return false;
        }
        long nameLength = event.u64(16);
        long size = event.u64(24);
        long rest = (long) event.length() - NAME;
        if (nameLength < 0 || nameLength > rest / 2 || size < 0 || size > rest - 2 * nameLength) {
            return false;
        }
        int nameEnd = NAME + 2 * (int) nameLength;
        String name = name(event.slice(NAME, nameEnd - NAME));
        out.line("  Event:")
                .line("    VariableName: ", Guid.at(event, 0).toString())
                .line("    UnicodeNameLength: ", nameLength)
                .line("    VariableDataLength: ", size)
                .line("    UnicodeName: ", Scalars.plain(name));
        Bytes data = event.slice(nameEnd, (int) size);
        if (format.version() == Version.V1 || !writeContent(type, name, data, event.from(nameEnd))) {
            if (!data.isEmpty()) {
                out.bytesLine("    VariableData: \"", data, "\"");
            }
        }
        return true;
    }

    private static String name(Bytes field) {
        String name = field.decode(StandardCharsets.UTF_16LE);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    private boolean writeContent(EventType type, String name, Bytes data, Bytes restOfEvent) throws IOException {
        if (type.equals(EventType.EV_EFI_VARIABLE_DRIVER_CONFIG)) {
            if (SIGNATURE_DATABASES.contains(name)) {
                SignatureWriter.writeLists(out, restOfEvent);
                return true;
            }
            return name.equals("SecureBoot") && writeEnabled(data);
        }
        if (type.equals(EventType.EV_EFI_VARIABLE_AUTHORITY)) {
            return writeAuthority(name, data);
        }
        return name.equals("BootOrder")
                ? writeBootOrder(data)
                : isBootOption(name) && BootOptionWriter.write(out, data, format.devicePaths());
    }

    private boolean writeAuthority(String name, Bytes data) throws IOException {
        return switch (name) {
            case "MokListTrusted" -> writeEnabled(data);
            case "db", "Shim" -> SignatureWriter.writeAuthority(out, data);
            case "SbatLevel" -> {
                out.line("    VariableData:");
                Texts.write(out, "      ", "String", data, format.release());
                yield true;
            }
            default -> false;
        };
    }

    private boolean writeEnabled(Bytes data) throws IOException {
        if (data.length() > 1) {
            return false;
        }
        boolean enabled = !data.isEmpty() && data.u8(0) != 0;
        out.line("    VariableData:").line("      Enabled: ", enabled ? "'Yes'" : "'No'");
        return true;
    }

    private boolean writeBootOrder(Bytes data) throws IOException {
        if (data.length() % 2 != 0) {
            return false;
        }
        out.line("    VariableData:");
        for (int at = 0; at < data.length(); at += 2) {
            out.line("    - Boot", String.format("%04x", data.u16(at)));
        }
        return true;
    }

    private static boolean isBootOption(String name) {
        return name.length() == 8
                && name.startsWith("Boot")
                && name.chars().skip(4).allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
    }
}
