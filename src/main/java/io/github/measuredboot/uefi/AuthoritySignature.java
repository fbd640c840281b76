package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;
import java.util.Optional;

/**
 * What an EV_EFI_VARIABLE_AUTHORITY event holds as the variable's content (PFP 10.4.1): the EFI_SIGNATURE_DATA by which an image was
 * accepted. Shim leaves the owner out for the certificate that is built into it, and older versions of shim always leave it out: then all
 * of the content is a certificate.
 *
 * @param signatureOwner the owner; empty if the content is a certificate and nothing else
 * @param signature a certificate or a hash: the event does not say which
 */
public record AuthoritySignature(Optional<Guid> signatureOwner, Bytes signature) {
    /**
     * Decodes the content.
     *
     * @throws MalformedDataException if it is not a certificate and has fewer than 16 bytes
     */
    public static AuthoritySignature decode(Bytes data, long offset) throws MalformedDataException {
        if (Certificate.isAllOf(data)) {
            return new AuthoritySignature(Optional.empty(), data);
        }
        SignatureData entry = SignatureData.decode(data, offset);
        return new AuthoritySignature(Optional.of(entry.signatureOwner()), entry.signature());
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, "EFI_SIGNATURE_DATA", cursor -> {
            if (signatureOwner.isPresent()) {
                SignatureData.readOwner(cursor);
            }
            List<Field> content = certificate()
                    .map(certificate -> certificate.fields(cursor.position()))
                    .orElseGet(() -> List.of(Field.binary("signatureData", signature, cursor.position())));
            content.forEach(cursor::add);
        });
    }

    /** {@return the content of the variable} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        signatureOwner.ifPresent(owner -> writer.bytes(owner.toBytes()));
        return writer.bytes(signature).toBytes();
    }

    /** {@return the signature's certificate; empty if it is a hash or something else} */
    public Optional<Certificate.Summary> certificate() {
        return Certificate.decode(signature, 0) instanceof Certificate.Summary summary
                ? Optional.of(summary)
                : Optional.empty();
    }
}
