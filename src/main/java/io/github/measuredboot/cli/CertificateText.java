package io.github.measuredboot.cli;

import io.github.measuredboot.attest.CertificateFinding;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.TpmManufacturer;
import io.github.measuredboot.internal.json.DataWriter;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the certificate of a TPM's key says, for a person and for a program. */
final class CertificateText {
    private CertificateText() {}

    /** The TPM, as its issuer describes it. */
    static String maker(TpmCertificate certificate) {
        String manufacturer = certificate
                .manufacturer()
                .map(CertificateText::manufacturer)
                .orElse("a TPM of an unnamed manufacturer");
        return manufacturer
                + certificate.model().map(model -> ", model " + model).orElse("")
                + certificate.version().map(version -> ", version " + version).orElse("");
    }

    private static String manufacturer(String attribute) {
        return TpmManufacturer.byAttribute(attribute)
                .map(known -> known.displayName() + " (" + attribute + ")")
                .orElse(attribute);
    }

    static void lines(TpmCertificate certificate, TextOutput out) {
        out.accept("key: " + key(certificate.publicKey()));
        out.accept("valid from " + certificate.notBefore() + " to " + certificate.notAfter());
        certificate.specification().ifPresent(specification -> out.accept("specification: " + specification));
        certificate
                .googleInstance()
                .ifPresent(instance -> out.accept("instance: " + instance.instanceName() + " (" + instance.instanceId()
                        + ") of the project " + instance.projectId() + " (" + instance.projectNumber() + "), "
                        + instance.zone()
                        + (instance.production().equals(Optional.of(false)) ? ", not production" : "")));
        if (!certificate.subject().isEmpty()) {
            out.accept("subject: " + certificate.subject());
        }
        out.accept("issuer: " + certificate.issuer() + ", serial number "
                + certificate.serialNumber().toString(16));
    }

    static String key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey ecc
                ? "ECC P-" + ecc.getParams().getCurve().getField().getFieldSize()
                : key.getAlgorithm();
    }

    static void members(DataWriter out, TpmCertificate certificate) {
        out.put("subject", certificate.subject())
                .put("issuer", certificate.issuer())
                .put("serialNumber", certificate.serialNumber().toString(16))
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("key", key(certificate.publicKey()))
                .put("manufacturer", certificate.manufacturer())
                .put(
                        "manufacturerName",
                        certificate
                                .manufacturer()
                                .flatMap(TpmManufacturer::byAttribute)
                                .map(TpmManufacturer::displayName))
                .put("model", certificate.model())
                .put("version", certificate.version())
                .put("specification", certificate.specification())
                .object("instance", certificate.googleInstance(), instance -> {
                    out.put("zone", instance.zone())
                            .put("projectNumber", instance.projectNumber().toString())
                            .put("projectId", instance.projectId())
                            .put("instanceId", instance.instanceId().toString())
                            .put("instanceName", instance.instanceName());
                    instance.production().ifPresent(production -> out.put("production", production));
                });
    }

    static void findings(DataWriter out, Iterable<CertificateFinding> findings) {
        List<String> ids = new ArrayList<>();
        findings.forEach(finding -> ids.add(finding.id()));
        out.texts("findings", ids);
    }
}
