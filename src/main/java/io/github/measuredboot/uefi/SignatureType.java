package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of signature lists in UEFI 2.11 (32.4.1, EFI_CERT_*_GUID). Other types are kept as their GUID. */
@SuppressWarnings("ImmutableEnumChecker")
public enum SignatureType {
    /** EFI_CERT_X509_GUID: a DER-encoded certificate. */
    X509("x509", "a5c059a1-94e4-4aa7-87b5-ab155c2bf072", Form.CERTIFICATE, 0),
    /** EFI_CERT_SHA1_GUID. */
    SHA1("sha1", "826ca512-cf10-4ac9-b187-be01496631bd", Form.HASH, 20),
    /** EFI_CERT_SHA224_GUID. */
    SHA224("sha224", "0b6e5233-a65c-44c9-9407-d9ab83bfc8bd", Form.HASH, 28),
    /** EFI_CERT_SHA256_GUID. */
    SHA256("sha256", "c1c41626-504c-4092-aca9-41f936934328", Form.HASH, 32),
    /** EFI_CERT_SHA384_GUID. */
    SHA384("sha384", "ff3e5307-9fd0-48c9-85f1-8ad56c701e01", Form.HASH, 48),
    /** EFI_CERT_SHA512_GUID. */
    SHA512("sha512", "093e0fae-a6c4-4f50-9f1b-d41e2b89c19a", Form.HASH, 64),
    /** EFI_CERT_SM3_GUID. */
    SM3("sm3", "57347f87-7a9b-403a-b93c-dc4afb7a0ebc", Form.HASH, 32),
    /** EFI_CERT_X509_SHA256_GUID: the hash of a certificate's TBSCertificate and a revocation time. */
    X509_SHA256("x509-sha256", "3bd2a492-96c0-4079-b420-fcf98ef103ed", Form.CERTIFICATE_HASH, 32 + EfiTime.SIZE),
    /** EFI_CERT_X509_SHA384_GUID: the same with SHA-384. */
    X509_SHA384("x509-sha384", "7076876e-80c2-4ee6-aad2-28b349a6865b", Form.CERTIFICATE_HASH, 48 + EfiTime.SIZE),
    /** EFI_CERT_X509_SHA512_GUID: the same with SHA-512. */
    X509_SHA512("x509-sha512", "446dbf63-2502-4cda-bcfa-2465d2b0fe9d", Form.CERTIFICATE_HASH, 64 + EfiTime.SIZE),
    /** EFI_CERT_X509_SM3_GUID: the same with SM3. */
    X509_SM3("x509-sm3", "60d807e5-10b4-49a9-9331-e40437888d37", Form.CERTIFICATE_HASH, 32 + EfiTime.SIZE),
    /** EFI_CERT_RSA2048_GUID: the modulus of a key, big-endian, its exponent being 65537. */
    RSA2048("rsa2048", "3c5766e8-269c-4e34-aa14-ed776e85b3b6", Form.OPAQUE, 256),
    /** EFI_CERT_RSA2048_SHA1_GUID: a signature of a SHA-1 hash. */
    RSA2048_SHA1("rsa2048-sha1", "67f8444f-8743-48f1-a328-1eaab8736080", Form.OPAQUE, 256),
    /** EFI_CERT_RSA2048_SHA256_GUID: a signature of a SHA-256 hash. */
    RSA2048_SHA256("rsa2048-sha256", "e2b36190-879b-4a3d-ad8d-f2e7bba32784", Form.OPAQUE, 256),
    /** EFI_CERT_TYPE_PKCS7_GUID: DER-encoded PKCS #7 SignedData. */
    PKCS7("pkcs7", "4aafd29d-68df-49ee-8aa9-347d375665a7", Form.OPAQUE, 0),
    /** EFI_CERT_EXTERNAL_MANAGEMENT_GUID: no key; the variable is managed by other means, and the one byte is ignored. */
    EXTERNAL_MANAGEMENT("external-management", "452e8ced-dfff-4b8c-ae01-5118862e682c", Form.OPAQUE, 1);

    private enum Form {
        CERTIFICATE,
        HASH,
        CERTIFICATE_HASH,
        OPAQUE
    }

    private static final Map<Guid, SignatureType> BY_GUID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(SignatureType::guid, Function.identity()));

    private final String id;
    private final Guid guid;
    private final Form form;
    private final int size;

    SignatureType(String id, String guid, Form form, int size) {
        this.id = id;
        this.guid = Guid.of(guid);
        this.form = form;
        this.size = size;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }

    /**
     * The type of a list.
     *
     * @param signatureType the GUID of the type
     * @return the type, or empty if it is not known
     */
    public static Optional<SignatureType> of(Guid signatureType) {
        return Optional.ofNullable(BY_GUID.get(signatureType));
    }

    /** {@return the GUID of the type} */
    public Guid guid() {
        return guid;
    }

    /** {@return the size of an entry without its owner in bytes, or empty if it is not fixed} */
    public OptionalInt size() {
        return size == 0 ? OptionalInt.empty() : OptionalInt.of(size);
    }

    boolean allows(long signatureLength) {
        return size == 0 || size == signatureLength;
    }

    /**
     * Takes an entry of this type apart. This never fails: a broken certificate is a {@link Certificate.Broken}, and an entry of the
     * wrong size is opaque.
     *
     * @param signature the entry without its owner
     * @param offset where it begins in the whole input
     * @return what it is
     */
    public SignatureContent content(Bytes signature, long offset) {
        if (form == Form.CERTIFICATE) {
            return new SignatureContent.X509(Certificate.decode(signature, offset));
        }
        if (form == Form.HASH && allows(signature.length())) {
            return new SignatureContent.Hash(signature);
        }
        if (form == Form.CERTIFICATE_HASH && allows(signature.length())) {
            int hashSize = size - EfiTime.SIZE;
            return new SignatureContent.CertificateHash(
                    signature.slice(0, hashSize), EfiTime.of(signature.from(hashSize)));
        }
        return new SignatureContent.Opaque(signature);
    }
}
