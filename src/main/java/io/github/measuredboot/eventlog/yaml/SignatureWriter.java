package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;

/** Signature lists, and the signature that vouched for an image. */
final class SignatureWriter {
    private static final int LIST_HEADER = 28;

    private SignatureWriter() {}

    /** Writes lists up to the first that is malformed, as tpm2_eventlog does. */
    static void writeLists(Yaml out, Bytes lists) throws IOException {
        out.line("    VariableData:");
        int at = 0;
        while (lists.length() - at >= LIST_HEADER) {
            long listSize = lists.u32(at + 16);
            long headerSize = lists.u32(at + 20);
            long size = lists.u32(at + 24);
            if (size < Guid.SIZE) {
                return;
            }
            out.line("    - SignatureType: ", Guid.at(lists, at).toString())
                    .line("      SignatureListSize: ", listSize)
                    .line("      SignatureHeaderSize: ", headerSize)
                    .line("      SignatureSize: ", size)
                    .line("      Keys:");
            long begin = at + LIST_HEADER + headerSize;
            long signatures = listSize - LIST_HEADER - headerSize;
            if (begin + size > lists.length() || signatures < 0 || signatures % size != 0) {
                return;
            }
            for (long next = begin; next < begin + signatures; next += size) {
                if (next + size > lists.length()) {
                    return;
                }
                writeSignature(out, "      ", lists.slice((int) next, (int) size));
            }
            at = (int) (begin + signatures);
        }
    }

    static boolean writeAuthority(Yaml out, Bytes signature) throws IOException {
        if (signature.length() < Guid.SIZE) {
            return false;
        }
        out.line("    VariableData:");
        writeSignature(out, "    ", signature);
        return true;
    }

    private static void writeSignature(Yaml out, String indent, Bytes signature) throws IOException {
        out.line(indent + "- SignatureOwner: ", Guid.at(signature, 0).toString())
                .bytesLine(indent + "  SignatureData: ", signature.from(Guid.SIZE), "");
    }
}
