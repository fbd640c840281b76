package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The PCR values as tpm2_eventlog computes them: all begin with zeros. */
final class LogPcrs {
    private static final int COUNT = 32;
    private static final Bytes STARTUP_LOCALITY = Bytes.encode("StartupLocality\0", StandardCharsets.US_ASCII);
    private static final int HCRTM_LOCALITY = 4;
    private static final List<HashAlgorithm> BANKS = List.of(
            HashAlgorithm.SHA1,
            HashAlgorithm.SHA256,
            HashAlgorithm.SHA384,
            HashAlgorithm.SHA512,
            HashAlgorithm.SM3_256);

    private static final class Bank {
        private final HashAlgorithm algorithm;
        private final MessageDigest hash;
        private final byte[][] values = new byte[COUNT][];

        Bank(HashAlgorithm algorithm, MessageDigest hash) {
            this.algorithm = algorithm;
            this.hash = hash;
        }

        byte[] value(int pcr) {
            if (values[pcr] == null) {
                values[pcr] = new byte[algorithm.digestSize()];
            }
            return values[pcr];
        }
    }

    private final List<Bank> banks = new ArrayList<>();
    private final boolean legacy;
    private final Tpm2ToolsRelease release;
    private boolean hcrtm;

    LogPcrs(EventLog log, Tpm2ToolsRelease release) {
        legacy = log.format() == EventLog.Format.LEGACY;
        this.release = release;
        for (HashAlgorithm algorithm : BANKS) {
            Optional<MessageDigest> hash = algorithm.newMessageDigest();
            if (log.algorithms().contains(algorithm) && hash.isPresent()) {
                banks.add(new Bank(algorithm, hash.get()));
            }
        }
    }

    void extend(Event event) {
        if (event.pcrIndex() >= COUNT) {
            return;
        }
        int pcr = (int) event.pcrIndex();
        boolean takesAllForMeasured = release == Tpm2ToolsRelease.V5_4 && !legacy;
        boolean measured = takesAllForMeasured || !event.claimedType().equals(EventType.EV_NO_ACTION);
        int locality = pcr == 0 && !legacy ? locality(event) : 0;
        for (Bank bank : banks) {
            Optional<Digest> digest = event.digest(bank.algorithm);
            if (digest.isEmpty() || (legacy && !measured)) {
                continue;
            }
            byte[] value = bank.value(pcr);
            if (locality > 0) {
                value[value.length - 1] = (byte) locality;
            }
            if (measured) {
                bank.hash.update(value);
                digest.get().value().update(bank.hash);
                bank.values[pcr] = bank.hash.digest();
            }
        }
    }

    private int locality(Event event) {
        if (release == Tpm2ToolsRelease.V5_4) {
            return 0;
        }
        EventType type = event.claimedType();
        if (type.equals(EventType.EV_EFI_HCRTM_EVENT)) {
            hcrtm = true;
            return HCRTM_LOCALITY;
        }
        return !hcrtm && type.equals(EventType.EV_NO_ACTION)
                ? startupLocality(event.data()).orElse(0)
                : 0;
    }

    /** As tpm2_eventlog reads it, whatever follows the locality. */
    static OptionalInt startupLocality(Bytes data) {
        return data.length() > STARTUP_LOCALITY.length() && data.startsWith(STARTUP_LOCALITY)
                ? OptionalInt.of(data.u8(STARTUP_LOCALITY.length()))
                : OptionalInt.empty();
    }

    void write(Yaml out) throws IOException {
        out.line("pcrs:");
        for (Bank bank : banks) {
            boolean first = true;
            for (int pcr = 0; pcr < COUNT; pcr++) {
                if (bank.values[pcr] != null) {
                    if (first) {
                        out.line("  " + bank.algorithm.name() + ":");
                        first = false;
                    }
                    out.bytesLine(String.format("    %-2d : 0x", pcr), Bytes.wrap(bank.values[pcr]), "");
                }
            }
        }
    }
}
