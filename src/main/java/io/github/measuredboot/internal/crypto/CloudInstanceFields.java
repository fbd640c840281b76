package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The extension by which Google says which instance a virtual TPM belongs to. */
public record CloudInstanceFields(
        String zone,
        BigInteger projectNumber,
        String projectId,
        BigInteger instanceId,
        String instanceName,
        Optional<Boolean> production) {
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;
    private static final int UTF8_STRING = 0x0c;

    public static CloudInstanceFields read(byte[] extension) throws CertificateSyntaxException {
        Der input = new Der(extension);
        Der fields = input.next(Der.SEQUENCE, "GceInstanceInfo").open();
        input.requireEnd("GceInstanceInfo");
        CloudInstanceFields instance = new CloudInstanceFields(
                text(fields, "zone"),
                number(fields, "projectNumber"),
                text(fields, "projectId"),
                number(fields, "instanceId"),
                text(fields, "instanceName"),
                production(fields));
        fields.requireEnd("GceInstanceInfo");
        return instance;
    }

    private static String text(Der fields, String field) throws CertificateSyntaxException {
        return new String(fields.next(UTF8_STRING, field).content(), StandardCharsets.UTF_8);
    }

    /** 64 bits without a sign, which older issuers wrote with one. */
    private static BigInteger number(Der fields, String field) throws CertificateSyntaxException {
        BigInteger number = X509.integer(fields.next(Der.INTEGER, field), field);
        if (number.bitLength() > Long.SIZE) {
            throw new CertificateSyntaxException(field, "has more than 64 bits");
        }
        return number.signum() < 0 ? number.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : number;
    }

    private static Optional<Boolean> production(Der fields) throws CertificateSyntaxException {
        if (!fields.hasMore()) {
            return Optional.empty();
        }
        Der wrapper =
                fields.nextIs(CONTEXT_0) ? fields.next("securityProperties").open() : fields;
        Der properties = wrapper.next(Der.SEQUENCE, "securityProperties").open();
        if (properties.nextIs(CONTEXT_0)) {
            properties.next("securityVersion");
        }
        if (!properties.nextIs(CONTEXT_1)) {
            return Optional.of(false);
        }
        byte[] flag = properties
                .next("isProduction")
                .open()
                .next(Der.BOOLEAN, "isProduction")
                .content();
        properties.requireEnd("securityProperties");
        return Optional.of(flag.length == 1 && flag[0] != 0);
    }
}
