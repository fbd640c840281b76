package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.recognition.ByteOrderMark;
import io.github.measuredboot.internal.recognition.InputFormat;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PCR values from a folder or a file, whose format shows from its content. */
final class PcrInput {
    private static final int MAX_SIZE = 1 << 20;
    private static final int SERIALIZED_HEADER = 136;
    private static final int SERIALIZED_LIST = 532;
    private static final List<HashAlgorithm> READ_BY_DEFAULT =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);

    private PcrInput() {}

    static PcrValues read(String name, @Nullable PcrSelection selection) throws InputException {
        try {
            if (!name.equals(InputFile.STANDARD_INPUT) && Files.isDirectory(InputFile.path(name))) {
                return PcrValues.readSysfs(InputFile.path(name));
            }
            return parse(name, ByteOrderMark.skip(InputFile.read(name, MAX_SIZE)), selection);
        } catch (IOException e) {
            throw new InputException(InputFile.reason(name, e));
        } catch (MalformedDataException e) {
            throw new InputException(InputFile.called(name) + ": " + e.getMessage());
        }
    }

    private static PcrValues parse(String name, Bytes content, @Nullable PcrSelection selection)
            throws MalformedDataException, InputException {
        if (content.isEmpty()) {
            throw new InputException(InputFile.called(name)
                    + ": is empty, and PCR values are expected, such as what tpm2_pcrread prints");
        }
        if (selection != null) {
            return PcrValues.parsePcrreadBinary(content, selection);
        }
        if (isText(content)) {
            String text = content.decode(StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("{") ? PcrValuesJson.parse(content) : PcrValues.parsePcrread(text);
        }
        if (isSerialized(content)) {
            return PcrValues.parsePcrreadSerialized(content);
        }
        PcrSelection all = allPcrsOfSize(content.length())
                .orElseThrow(() -> new InputException(InputFile.called(name) + ": "
                        + InputFormat.of(content)
                                .map(InputFormat::reason)
                                .orElse("a binary file of " + content.length()
                                        + " bytes: name the PCRs in it with --pcr-selection, as in sha256:0,1,2,3")));
        return PcrValues.parsePcrreadBinary(content, all);
    }

    private static boolean isText(Bytes content) {
        for (int i = 0; i < content.length(); i++) {
            int b = content.u8(i);
            if (b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSerialized(Bytes content) {
        return content.length() > SERIALIZED_HEADER
                && (content.length() - SERIALIZED_HEADER) % SERIALIZED_LIST == 0
                && content.u32(0) <= Short.SIZE;
    }

    /** tpm2_pcrread without a selection reads PCR 0 to 23 of all banks, in this order: each set has its own size. */
    private static Optional<PcrSelection> allPcrsOfSize(int size) {
        for (int set = 1; set < 1 << READ_BY_DEFAULT.size(); set++) {
            List<HashAlgorithm> banks = new ArrayList<>();
            for (int i = 0; i < READ_BY_DEFAULT.size(); i++) {
                if (((set >> i) & 1) != 0) {
                    banks.add(READ_BY_DEFAULT.get(i));
                }
            }
            PcrSelection selection = PcrSelection.allOf(banks);
            if (selection.valuesSize() == size) {
                return Optional.of(selection);
            }
        }
        return Optional.empty();
    }
}
