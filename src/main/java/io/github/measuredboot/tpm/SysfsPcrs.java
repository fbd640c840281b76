package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The layout is that of drivers/char/tpm/tpm-sysfs.c. */
final class SysfsPcrs {
    private static final String BANK_PREFIX = "pcr-";
    private static final int MAX_FILE_SIZE = 8192;
    private static final Pattern TPM12_LINE = Pattern.compile("PCR-([0-9]{2}):((?: [0-9A-F]{2})+) *");

    private SysfsPcrs() {}

    static PcrValues read(Path folder) throws IOException, MalformedDataException {
        PcrValuesBuilder values = new PcrValuesBuilder("sysfs PCR folder " + folder);
        List<Path> banks = isBank(folder) ? List.of(folder) : list(folder, SysfsPcrs::isBank);
        for (Path bank : banks) {
            readBank(bank, values);
        }
        if (!banks.isEmpty()) {
            return values.build();
        }
        for (String name : List.of("pcrs", "device/pcrs")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                readTpm12(readText(file), values);
                return values.build();
            }
        }
        throw new NoSuchFileException(folder.toString(), null, "holds neither pcr-* folders nor a file pcrs");
    }

    private static boolean isBank(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name != null && name.toString().startsWith(BANK_PREFIX) && Files.isDirectory(path);
    }

    private static void readBank(Path folder, PcrValuesBuilder values) throws IOException, MalformedDataException {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        HashAlgorithm bank = values.bank(name.substring(BANK_PREFIX.length()), 0);
        for (Path pcr : list(folder, Files::isRegularFile)) {
            values.add(bank, pcr.getFileName().toString(), readText(pcr).strip(), 0);
        }
    }

    static void readTpm12(String text, PcrValuesBuilder values) throws MalformedDataException {
        HashAlgorithm bank = values.bank(HashAlgorithm.SHA1.name(), 0);
        int offset = 0;
        for (String line : text.split("\n", -1)) {
            Matcher matcher = TPM12_LINE.matcher(line);
            if (matcher.matches()) {
                values.add(bank, matcher.group(1), matcher.group(2).replace(" ", ""), offset);
            } else if (!line.isBlank()) {
                throw values.fault(offset, "line", "is not of the form PCR-00: 01 23 ...");
            }
            offset += line.length() + 1;
        }
    }

    private static String readText(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE_SIZE), StandardCharsets.US_ASCII);
        }
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).sorted().toList();
        }
    }
}
