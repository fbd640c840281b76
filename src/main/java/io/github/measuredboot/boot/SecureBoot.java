package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureContent;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a log says about UEFI Secure Boot (PFP 3.3.4.8), in PCR 7 or register 1 of a confidential VM. What a digest covers follows from
 * its place and content, whatever type its event claims: the variables are measured before the separator, the authorities after it.
 *
 * @param modes SecureBoot, SetupMode, AuditMode, DeployedMode and VendorKeys, as far as they are in the log
 * @param databases PK, KEK, db, dbx, dbt and dbr, as far as they are in the log
 * @param authorities what images were accepted by, and what else shim measures with them
 * @param late modes and keys that were measured after the separator, where they prove nothing about this boot
 */
public record SecureBoot(
        List<Claim<Mode>> modes,
        List<Claim<Database>> databases,
        List<Claim<Authority>> authorities,
        List<Claim<KnownVariable>> late) {
    public SecureBoot {
        modes = List.copyOf(modes);
        databases = List.copyOf(databases);
        authorities = List.copyOf(authorities);
        late = List.copyOf(late);
    }

    /**
     * A variable that is yes or no.
     *
     * @param variable the variable
     * @param enabled its value; false also for a variable that does not exist
     */
    public record Mode(KnownVariable variable, boolean enabled) {}

    /**
     * A variable with signatures.
     *
     * @param variable the variable
     * @param content its value
     */
    public record Database(KnownVariable variable, SignatureDatabase content) {
        /**
         * The certificates of the database.
         *
         * @return those that can be read, in their order
         */
        public List<Certificate.Summary> certificates() {
            return certificatesOf(content);
        }

        /** {@return the number of entries, certificates included} */
        public int size() {
            return content.lists().stream()
                    .mapToInt(list -> list.signatures().size())
                    .sum();
        }
    }

    /**
     * The value of a mode.
     *
     * @param variable {@link KnownVariable#SECURE_BOOT} or another of the {@link #modes}
     * @return the value that was measured before the separator of a reproduced PCR and that a digest covers; empty if there is none, or
     *     there are several and they contradict each other
     */
    public Optional<Boolean> coveredMode(KnownVariable variable) {
        return onlyValue(variable, mode -> mode.coveredBeforeSeparator().isPresent());
    }

    /**
     * The value that a mode has according to a log that was not compared with PCR values.
     *
     * @param variable {@link KnownVariable#SECURE_BOOT} or another of the {@link #modes}
     * @return the value that is before the separator and that its digest covers; empty if there is none, or there are several and
     *     they contradict each other
     */
    public Optional<Boolean> claimedMode(KnownVariable variable) {
        return onlyValue(variable, mode -> mode.coverage() == Coverage.COVERED && mode.phase() == Phase.PRE_OS);
    }

    private Optional<Boolean> onlyValue(KnownVariable variable, Predicate<Claim<Mode>> counts) {
        List<Boolean> values = modes.stream()
                .filter(mode -> mode.claimedValue().variable() == variable)
                .filter(counts)
                .map(mode -> mode.claimedValue().enabled())
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    static List<Certificate.Summary> certificatesOf(SignatureDatabase database) {
        List<Certificate.Summary> certificates = new ArrayList<>();
        for (SignatureList list : database.lists()) {
            for (int i = 0; i < list.signatures().size(); i++) {
                if (list.content(i, 0) instanceof SignatureContent.X509 x509
                        && x509.certificate() instanceof Certificate.Summary summary) {
                    certificates.add(summary);
                }
            }
        }
        return List.copyOf(certificates);
    }
}
