package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.attest.NvReading;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
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

    /** Strings of PCR 9 count only if that PCR is proved and the digest is theirs. */
    NvPcrReplay(List<CelRecord> records, Optional<HashAlgorithm> provedBankOfPcr9) {
        this.records = records;
        provedBankOfPcr9.ifPresent(this::findInitializations);
    }

    private void findInitializations(HashAlgorithm bank) {
        for (CelRecord record : records) {
            if (record.register().equals(PCR_9)
                    && record.stringCheck(bank).equals(Optional.of(CelRecord.StringCheck.MATCHES))) {
                String text = record.string().orElseThrow();
                if (text.equals(SEPARATOR)) {
                    return;
                }
                if (text.startsWith(INITIALIZATION)) {
                    initializations.add(text);
                }
            }
        }
    }

    NvPcrValue value(String name, NvReading reading) {
        HashAlgorithm algorithm = HashAlgorithm.byId(reading.index().nameAlg()).orElseThrow();
        String prefix =
                INITIALIZATION + name + ":0x" + Long.toHexString(reading.index().nvIndex()) + ":";
        Bytes zeros = Bytes.wrap(new byte[algorithm.digestSize()]);
        List<Bytes> starts = new ArrayList<>(List.of(zeros, extend(algorithm, zeros, zeros)));
        boolean initialized = false;
        for (String text : initializations) {
            if (text.startsWith(prefix)) {
                String state = text.substring(prefix.length());
                initialized |= state.equals(reading.index().name().orElseThrow().toHex());
                anchoredState(algorithm, state).ifPresent(starts::add);
            }
        }
        List<Bytes> digests = digests(reading.index().nvIndex(), algorithm);
        Bytes best = Bytes.EMPTY;
        for (Bytes start : starts) {
            Bytes value = start;
            for (Bytes digest : digests) {
                value = extend(algorithm, value, digest);
            }
            if (best.isEmpty() || value.equals(reading.contents())) {
                best = value;
            }
        }
        return new NvPcrValue(name, reading, best, digests.size(), initialized);
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

    private List<Bytes> digests(long nvIndex, HashAlgorithm algorithm) {
        CelRecord.Register register = new CelRecord.Register.NvIndex(nvIndex);
        List<Bytes> digests = new ArrayList<>();
        for (CelRecord record : records) {
            if (record.register().equals(register)) {
                digests.add(record.digest(algorithm).map(Digest::value).orElse(Bytes.EMPTY));
            }
        }
        return digests;
    }

    private static Bytes extend(HashAlgorithm algorithm, Bytes value, Bytes digest) {
        return algorithm
                .hash(new ByteWriter().bytes(value).bytes(digest).toBytes())
                .orElseThrow();
    }
}
