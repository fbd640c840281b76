package io.github.measuredboot.internal.crypto;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/** A name, compared as RFC 5280, section 7.1, has it: by its attributes in order, whatever type of string they are. */
public final class CertificateName {
    /** How two names go together. */
    public enum Match {
        SAME,
        OTHER_ENCODING,
        DIFFERENT
    }

    private static final String MALFORMED = "(malformed)";

    private final byte[] encoded;
    private final boolean isEmpty;
    private volatile @Nullable String canonical;

    private CertificateName(Der.Value value) {
        this.encoded = value.encoded();
        this.isEmpty = value.size() == 0;
    }

    static CertificateName read(Der.Value value) {
        return new CertificateName(value);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    Match match(CertificateName other) {
        if (Arrays.equals(encoded, other.encoded)) {
            return Match.SAME;
        }
        String own = canonical();
        return !own.equals(MALFORMED) && own.equals(other.canonical()) ? Match.OTHER_ENCODING : Match.DIFFERENT;
    }

    private String canonical() {
        String known = canonical;
        if (known == null) {
            known = makeCanonical();
            canonical = known;
        }
        return known;
    }

    private String makeCanonical() {
        try {
            StringBuilder text = new StringBuilder();
            Der rdns = new Der(encoded).next(Der.SEQUENCE, "Name").open();
            while (rdns.hasMore()) {
                Der rdn = rdns.next(Der.SET, "RelativeDistinguishedName").open();
                TreeSet<String> attributes = new TreeSet<>();
                while (rdn.hasMore()) {
                    attributes.add(attribute(
                            rdn.next(Der.SEQUENCE, "AttributeTypeAndValue").open()));
                }
                text.append(attributes);
            }
            return text.toString();
        } catch (CertificateSyntaxException e) {
            return MALFORMED;
        }
    }

    /** The digits keep apart what the text of two attributes could make one. */
    private static String attribute(Der attribute) throws CertificateSyntaxException {
        String type = Der.oid(attribute.next(Der.OID, "type"), "type");
        Der.Value value = attribute.next("value");
        attribute.requireEnd("AttributeTypeAndValue");
        Charset charset = charset(value.tag());
        if (charset == null) {
            return type + "#" + HexFormat.of().formatHex(value.encoded());
        }
        String text = collapsed(new String(value.content(), charset)).toLowerCase(Locale.ROOT);
        return type + "=" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String collapsed(String text) {
        StringBuilder collapsed = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean isSpace = Character.isWhitespace(text.charAt(i));
            if (!isSpace) {
                collapsed.append(text.charAt(i));
            } else if (!collapsed.isEmpty() && collapsed.charAt(collapsed.length() - 1) != ' ') {
                collapsed.append(' ');
            }
        }
        return collapsed.toString().strip();
    }

    private static @Nullable Charset charset(int tag) {
        return switch (tag) {
            case 0x0c -> StandardCharsets.UTF_8;
            case 0x13, 0x14, 0x16 -> StandardCharsets.ISO_8859_1;
            case 0x1e -> StandardCharsets.UTF_16BE;
            default -> null;
        };
    }

    /** For display. */
    String text() {
        try {
            DerFraming.check(encoded);
            X500Name name = X500Name.getInstance(ASN1Primitive.fromByteArray(encoded));
            RDN[] parts =
                    Stream.of(name.getRDNs()).map(DistinguishedName::readable).toArray(RDN[]::new);
            return BCStyle.INSTANCE.toString(new X500Name(parts));
        } catch (IOException | CertificateSyntaxException | RuntimeException e) {
            return MALFORMED;
        }
    }
}
