package io.github.measuredboot.attest;

import io.github.measuredboot.internal.crypto.CertificateSyntaxException;
import io.github.measuredboot.internal.crypto.CloudInstanceFields;
import io.github.measuredboot.internal.text.Printable;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The virtual machine that Google's certificates of virtual TPMs name ({@link #EXTENSION}). What it states is true as far as
 * the certificate is verified up to Google's root.
 *
 * @param zone the zone, such as {@code europe-west4-a}
 * @param projectNumber the number of the project
 * @param projectId the id of the project
 * @param instanceId the number of the instance, which no other instance has
 * @param instanceName its name
 * @param production whether it runs on production hardware and software; empty if the certificate does not say
 */
public record GoogleInstance(
        String zone,
        BigInteger projectNumber,
        String projectId,
        BigInteger instanceId,
        String instanceName,
        Optional<Boolean> production) {
    /** The object identifier of the extension. */
    public static final String EXTENSION = "1.3.6.1.4.1.11129.2.1.21";

    static GoogleInstance read(byte[] extension) throws CertificateSyntaxException {
        CloudInstanceFields fields = CloudInstanceFields.read(extension);
        return new GoogleInstance(
                Printable.of(fields.zone()),
                fields.projectNumber(),
                Printable.of(fields.projectId()),
                fields.instanceId(),
                Printable.of(fields.instanceName()),
                fields.production());
    }
}
