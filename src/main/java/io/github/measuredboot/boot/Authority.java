package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;

/**
 * What is measured into PCR 7 when images are loaded: the database entry that an image was accepted by, or a list or setting of shim's.
 *
 * @param vendorGuid the GUID of the database
 * @param name the name of the database: {@code db}, or shim's {@code Shim}, {@code vendor_db}, {@code MokListRT}, {@code SbatLevel}
 * @param content the entry or the setting
 */
public record Authority(Guid vendorGuid, String name, VariableContent content) {
    /**
     * The certificates.
     *
     * @return one certificate; several if a whole list was logged; none if an image was accepted by its hash
     */
    public List<Certificate.Summary> certificates() {
        if (content instanceof VariableContent.Signatures signatures) {
            return SecureBoot.certificatesOf(signatures.database());
        }
        return content instanceof VariableContent.Authority entry
                ? entry.signature().certificate().stream().toList()
                : List.of();
    }

    /** {@return whether this is the entry of a database, and not a setting such as SbatLevel} */
    public boolean isSignature() {
        return content instanceof VariableContent.Signatures || content instanceof VariableContent.Authority;
    }
}
