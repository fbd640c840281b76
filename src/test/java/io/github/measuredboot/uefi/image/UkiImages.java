package io.github.measuredboot.uefi.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The small images of testdata/uki; where their headers' fields are, and what other tools say about them. */
final class UkiImages {
    static final int E_LFANEW = 60;
    static final int NUMBER_OF_SECTIONS = 70;
    static final int SIZE_OF_OPTIONAL_HEADER = 84;
    static final int MAGIC = 88;
    static final int SIZE_OF_HEADERS = 148;
    static final int CHECK_SUM = 152;
    static final int NUMBER_OF_RVA_AND_SIZES = 196;
    static final int CERTIFICATE_ENTRY = 232;
    static final int FIRST_SECTION = 328;

    private static final Path FOLDER = Path.of("testdata/uki");

    private UkiImages() {}

    static List<String> names() {
        return StreamSupport.stream(((Iterable<String>) () -> expected().fieldNames()).spliterator(), false)
                .toList();
    }

    static JsonNode expected() {
        return TestLogs.json(FOLDER.resolve("expected.json"));
    }

    static Path path(String name) {
        return FOLDER.resolve(name + ".efi");
    }

    static byte[] bytes(String name) {
        return TestLogs.read(path(name));
    }

    static PeImage image(String name) throws Exception {
        return PeImage.parse(Bytes.wrap(bytes(name)));
    }

    static byte[] patched(String name, int offset, long u32) {
        byte[] file = bytes(name);
        for (int i = 0; i < Integer.BYTES; i++) {
            file[offset + i] = (byte) (u32 >> (8 * i));
        }
        return file;
    }
}
