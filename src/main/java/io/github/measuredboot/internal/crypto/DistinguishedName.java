package io.github.measuredboot.internal.crypto;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Names of certificates as text, the most specific part first (RFC 4514). */
final class DistinguishedName {
    private static final int UNIVERSAL_STRING = 0x1c;
    private static final int BMP_STRING = 0x1e;
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final int UTF8_STRING = 0x0c;
    private static final Map<String, String> KEYWORDS = Map.of(
            "2.5.4.3", "CN",
            "2.5.4.5", "SERIALNUMBER",
            "2.5.4.6", "C",
            "2.5.4.7", "L",
            "2.5.4.8", "ST",
            "2.5.4.10", "O",
            "2.5.4.11", "OU",
            "1.2.840.113549.1.9.1", "E",
            "0.9.2342.19200300.100.1.25", "DC");

    private DistinguishedName() {}

    /** Empty unless the name is well formed. */
    static Optional<String> text(byte[] encoded) {
        try {
            DerFraming.check(encoded);
            X500Name name = X500Name.getInstance(ASN1Primitive.fromByteArray(encoded));
            RDN[] inOrder = name.getRDNs();
            RDN[] reversed = new RDN[inOrder.length];
            for (int i = 0; i < inOrder.length; i++) {
                reversed[i] = readable(inOrder[inOrder.length - 1 - i]);
            }
            return Optional.of(BCStyle.INSTANCE.toString(new X500Name(reversed)));
        } catch (IOException | CertificateSyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Bouncy Castle shows a UniversalString as its encoding. */
    static RDN readable(RDN part) {
        AttributeTypeAndValue[] attributes = part.getTypesAndValues();
        boolean isChanged = false;
        for (int i = 0; i < attributes.length; i++) {
            if (attributes[i].getValue() instanceof ASN1UniversalString universal) {
                String text = new String(universal.getOctets(), UTF_32BE);
                attributes[i] = new AttributeTypeAndValue(attributes[i].getType(), new DERUTF8String(text));
                isChanged = true;
            }
        }
        return isChanged ? new RDN(attributes) : part;
    }

    /** As many parts as can be read. */
    static String lenientText(Der.Value name) {
        List<String> parts = new ArrayList<>();
        Der rdns = name.open();
        try {
            while (rdns.hasMore()) {
                Der rdn = rdns.next("RelativeDistinguishedName").open();
                Der attribute = rdn.next(Der.SEQUENCE, "AttributeTypeAndValue").open();
                String oid = Der.oid(attribute.next(Der.OID, "type"), "type");
                Der.Value value = attribute.next("value");
                parts.add(KEYWORDS.getOrDefault(oid, oid) + "=" + new String(value.content(), charset(value)));
            }
        } catch (CertificateSyntaxException e) {
            parts.add("(malformed)");
        }
        Collections.reverse(parts);
        return String.join(",", parts);
    }

    private static Charset charset(Der.Value value) {
        return switch (value.tag()) {
            case UNIVERSAL_STRING -> UTF_32BE;
            case BMP_STRING -> StandardCharsets.UTF_16BE;
            case UTF8_STRING -> StandardCharsets.UTF_8;
            default -> StandardCharsets.ISO_8859_1;
        };
    }
}
