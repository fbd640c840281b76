package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;

/**
 * An image that Windows loaded. Windows measures each one twice: into PCR 12 with its hash and address alone, and into PCR
 * 13 with all that is known of it.
 *
 * <p>Every method gives empty where the container has no such element, more than one, or one that is malformed.
 *
 * @param container the {@link SipaEventType#LOADEDMODULE_AGGREGATION}
 */
public record LoadedModule(SipaElement.Container container) {
    /** {@return the file, a path without device, such as <code>\Windows\system32\winload.efi</code>} */
    public Optional<String> filePath() {
        return text(SipaEventType.FILEPATH);
    }

    /** {@return the Authenticode hash} */
    public Optional<Bytes> authenticodeHash() {
        return binary(SipaEventType.AUTHENTICODEHASH);
    }

    /**
     * {@return the algorithm of the Authenticode hash; empty for MD4, MD5 and unknown ones} In PCR 12 Windows does not give it.
     */
    public Optional<HashAlgorithm> hashAlgorithm() {
        return number(SipaEventType.HASHALGORITHMID).flatMap(LoadedModule::capiHashAlgorithm);
    }

    private static Optional<HashAlgorithm> capiHashAlgorithm(long algId) {
        if (algId == 0x8004) {
            return Optional.of(HashAlgorithm.SHA1);
        } else if (algId == 0x800c) {
            return Optional.of(HashAlgorithm.SHA256);
        } else if (algId == 0x800d) {
            return Optional.of(HashAlgorithm.SHA384);
        }
        return algId == 0x800e ? Optional.of(HashAlgorithm.SHA512) : Optional.empty();
    }

    /** {@return the size in memory} */
    public Optional<Long> imageSize() {
        return number(SipaEventType.IMAGESIZE);
    }

    /** {@return the virtual address; those of the kernel come out negative} */
    public Optional<Long> imageBase() {
        return number(SipaEventType.IMAGEBASE);
    }

    /** {@return the common name of the signer's certificate} */
    public Optional<String> publisher() {
        return text(SipaEventType.AUTHORITYPUBLISHER);
    }

    /** {@return the common name of the issuer of the signer's certificate} */
    public Optional<String> issuer() {
        return text(SipaEventType.AUTHORITYISSUER);
    }

    /** {@return the serial number of the signer's certificate} */
    public Optional<Bytes> serial() {
        return binary(SipaEventType.AUTHORITYSERIAL);
    }

    /** {@return the SHA-1 thumbprint of the signer's certificate} */
    public Optional<Bytes> sha1Thumbprint() {
        return binary(SipaEventType.AUTHORITYSHA1THUMBPRINT);
    }

    /** {@return whether Windows checked the signature and found it good} */
    public Optional<Boolean> imageValidated() {
        return container
                .only(SipaEventType.IMAGEVALIDATED, FieldValue.Flag.class)
                .map(FieldValue.Flag::value);
    }

    /** {@return the security version number, which few images have} */
    public Optional<Long> svn() {
        return number(SipaEventType.MODULE_SVN);
    }

    private Optional<String> text(SipaEventType type) {
        return container.only(type, FieldValue.Text.class).map(FieldValue.Text::text);
    }

    private Optional<Long> number(SipaEventType type) {
        return container
                .only(type, FieldValue.class)
                .flatMap(value -> value.number().stream().boxed().findFirst());
    }

    private Optional<Bytes> binary(SipaEventType type) {
        return container.only(type, FieldValue.Binary.class).map(FieldValue.Binary::bytes);
    }
}
