package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.attest.NvReading;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The values that the records of a log give NV indexes of the type extend. */
final class NvPcrReplay {
    private static final String INITIALIZATION = "nvpcr-init:";
    private static final String SEPARATOR = "nvpcr-separator";
    private static final CelRecord.Register PCR_9 = new CelRecord.Register.Pcr(9);

    private final List<CelRecord> records;
    private final List<String> initializations = new ArrayList<>();
    private boolean hasSeparator;

    /** Strings of PCR 9 count only if that PCR is proved and the digest is that of the string. */
    NvPcrReplay(List<CelRecord> records, Optional<HashAlgorithm> provedBankOfPcr9) {
        this.records = records;
        provedBankOfPcr9.ifPresent(this::findInitializations);
    }

    /** The separator is found by its digest alone: nothing protects the string beside it. */
    private void findInitializations(HashAlgorithm bank) {
        Bytes separator =
                bank.hash(Bytes.encode(SEPARATOR, StandardCharsets.UTF_8)).orElseThrow();
        for (CelRecord record : records) {
            if (!record.register().equals(PCR_9)) {
                continue;
            }
            if (record.digest(bank).map(Digest::value).equals(Optional.of(separator))) {
                hasSeparator = true;
                return;
            }
            if (record.stringCheck(bank).equals(Optional.of(CelRecord.StringCheck.MATCHES))
                    && record.string().orElseThrow().startsWith(INITIALIZATION)) {
                initializations.add(record.string().orElseThrow());
            }
        }
    }

    NvPcrValue value(String name, NvReading reading) {
        HashAlgorithm algorithm = HashAlgorithm.byId(reading.index().nameAlg()).orElseThrow();
        Optional<String> state = initialState(
                INITIALIZATION + name + ":0x" + Long.toHexString(reading.index().nvIndex()) + ":");
        boolean isNamed = state.equals(reading.index().name().map(Bytes::toHex));
        Optional<Bytes> anchored = state.flatMap(text -> anchoredState(algorithm, text));
        Optional<List<Bytes>> digests = digests(reading.index().nvIndex(), algorithm);
        Bytes best = Bytes.EMPTY;
        for (Bytes start : anchored.map(List::of).orElseGet(() -> starts(algorithm))) {
            Bytes value =
                    digests.map(known -> extended(algorithm, start, known)).orElse(Bytes.EMPTY);
            if (best.isEmpty() || value.equals(reading.contents())) {
                best = value;
            }
        }
        boolean isInitialized = isNamed && hasSeparator && reading.index().isWrittenByPolicyAlone();
        return new NvPcrValue(name, reading, best, digests.map(List::size).orElse(0), isInitialized);
    }

    /** Of several records only the first is systemd's. */
    private Optional<String> initialState(String prefix) {
        return initializations.stream()
                .filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()))
                .findFirst();
    }

    private static List<Bytes> starts(HashAlgorithm algorithm) {
        Bytes zeros = algorithm.zeroDigest();
        return List.of(zeros, extend(algorithm, zeros, zeros));
    }

    private static Bytes extended(HashAlgorithm algorithm, Bytes start, List<Bytes> digests) {
        Bytes value = start;
        for (Bytes digest : digests) {
            value = extend(algorithm, value, digest);
        }
        return value;
    }

    /** systemd 259 to 261 recorded the hash algorithm and the value after the first extend in place of the name. */
    private static Optional<Bytes> anchoredState(HashAlgorithm algorithm, String state) {
        String prefix = algorithm.name() + ":";
        if (!state.startsWith(prefix)) {
            return Optional.empty();
        }
        String hex = state.substring(prefix.length());
        boolean isValue =
                hex.length() == 2 * algorithm.digestSize() && hex.chars().allMatch(HexFormat::isHexDigit);
        return isValue ? Optional.of(Bytes.parseHex(hex)) : Optional.empty();
    }

    /** Empty if a record of the index has no digest of its algorithm: the value cannot be replayed then. */
    private Optional<List<Bytes>> digests(long nvIndex, HashAlgorithm algorithm) {
        CelRecord.Register register = new CelRecord.Register.NvIndex(nvIndex);
        List<Bytes> digests = new ArrayList<>();
        for (CelRecord record : records) {
            if (record.register().equals(register)) {
                Optional<Digest> digest = record.digest(algorithm);
                if (digest.isEmpty()) {
                    return Optional.empty();
                }
                digests.add(digest.get().value());
            }
        }
        return Optional.of(digests);
    }

    private static Bytes extend(HashAlgorithm algorithm, Bytes value, Bytes digest) {
        return algorithm.extend(value, digest).orElseThrow();
    }
}
