package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SbatLevel;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What PCR 7 proves of Secure Boot. Each part is empty if nothing proves it.
 *
 * @param secureBoot whether it is on
 * @param missing the names of the {@link Certificate2023}s that its databases lack
 * @param dbxEntries the number of entries of dbx
 * @param dbx the SHA-256 digest of the content of dbx
 * @param sbatLevel the date of the SbatLevel that the first boot loader measured
 */
record SecureBootKeys(
        Optional<Boolean> secureBoot,
        Optional<List<String>> missing,
        Optional<Integer> dbxEntries,
        Optional<String> dbx,
        Optional<String> sbatLevel) {
    static final SecureBootKeys UNKNOWN = new SecureBootKeys(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int SECURE_BOOT_PCR = 7;

    /** The certificates that take the place of those of 2011, by the digest of the certificate: anybody can make one of that name. */
    private enum Certificate2023 {
        WINDOWS(
                KnownVariable.DB,
                "Windows UEFI CA 2023",
                "076f1fea90ac29155ebf77c17682f75f1fdd1be196da302dc8461e350a9ae330"),
        THIRD_PARTIES(
                KnownVariable.DB,
                "Microsoft UEFI CA 2023",
                "f6124e34125bee3fe6d79a574eaa7b91c0e7bd9d929c1a321178efd611dad901"),
        KEK(
                KnownVariable.KEK,
                "Microsoft Corporation KEK 2K CA 2023",
                "3cd3f0309edae228767a976dd40d9f4affc4fbd5218f2e8cc3c9dd97e8ac6f9d");

        private final KnownVariable variable;
        private final String title;
        private final Bytes sha256;

        Certificate2023(KnownVariable variable, String title, String sha256) {
            this.variable = variable;
            this.title = title;
            this.sha256 = Bytes.parseHex(sha256);
        }
    }

    /** Reads the variables before the separator, which only firmware can have measured. */
    static SecureBootKeys of(VerifiedLog log) {
        List<VerifiedEvent> later = log.fromSeparator(SECURE_BOOT_PCR);
        if (later.isEmpty()) {
            return UNKNOWN;
        }
        Map<KnownVariable, VariableEventData> variables = new EnumMap<>(KnownVariable.class);
        for (VerifiedEvent event : log.beforeSeparator(SECURE_BOOT_PCR)) {
            event.coveredVariable()
                    .ifPresent(variable -> variable.known().ifPresent(known -> variables.put(known, variable)));
        }
        Optional<SignatureDatabase> kek = database(variables, KnownVariable.KEK);
        Optional<SignatureDatabase> db = database(variables, KnownVariable.DB);
        Optional<SignatureDatabase> dbx = database(variables, KnownVariable.DBX);
        return new SecureBootKeys(
                Optional.ofNullable(variables.get(KnownVariable.SECURE_BOOT))
                        .map(VariableEventData::content)
                        .filter(VariableContent.Flag.class::isInstance)
                        .map(flag -> ((VariableContent.Flag) flag).enabled()),
                kek.flatMap(keys -> db.map(signers -> missing(keys, signers))),
                dbx.map(database -> (int) signatures(database).count()),
                dbx.flatMap(database -> HashAlgorithm.SHA256.hash(
                                variables.get(KnownVariable.DBX).variable().data()))
                        .map(Bytes::toHex),
                later.stream()
                        .flatMap(event -> event.coveredVariable().stream())
                        .flatMap(SecureBootKeys::sbatLevel)
                        .findFirst());
    }

    private static Optional<SignatureDatabase> database(
            Map<KnownVariable, VariableEventData> variables, KnownVariable name) {
        VariableEventData variable = variables.get(name);
        return variable != null && variable.content() instanceof VariableContent.Signatures signatures
                ? Optional.of(signatures.database())
                : Optional.empty();
    }

    private static Stream<SignatureData> signatures(SignatureDatabase database) {
        return database.lists().stream().flatMap(list -> list.signatures().stream());
    }

    private static List<String> missing(SignatureDatabase kek, SignatureDatabase db) {
        Map<KnownVariable, Set<Bytes>> present = Map.of(KnownVariable.KEK, digests(kek), KnownVariable.DB, digests(db));
        return Arrays.stream(Certificate2023.values())
                .filter(certificate -> !present.get(certificate.variable).contains(certificate.sha256))
                .map(certificate -> certificate.title)
                .toList();
    }

    private static Set<Bytes> digests(SignatureDatabase database) {
        return signatures(database)
                .flatMap(entry -> HashAlgorithm.SHA256.hash(entry.signature()).stream())
                .collect(Collectors.toSet());
    }

    private static Stream<String> sbatLevel(VariableEventData variable) {
        if (variable.known().filter(KnownVariable.SBAT_LEVEL::equals).isEmpty()
                || !(variable.content() instanceof VariableContent.Sbat sbat)) {
            return Stream.empty();
        }
        return sbat.level().rows().stream()
                .limit(1)
                .map(SbatLevel.Row::further)
                .map(further -> further.stream()
                        .findFirst()
                        .filter(date -> date.matches("[0-9]{1,10}"))
                        .orElse("of no date"));
    }
}
