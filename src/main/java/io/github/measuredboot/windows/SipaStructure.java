package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import java.util.List;

/** A structure that is the value of an element, or part of one ({@code wbcl.h}). */
public sealed interface SipaStructure extends SipaValue {
    /** {@return the fields in the order of their bytes, sizes included, without gaps} */
    List<SipaField> fields();

    @Override
    default Bytes encode() {
        return SipaField.encode(fields());
    }

    /**
     * A list of what must not be loaded ({@code SIPAEVENT_REVOCATION_LIST_PAYLOAD}).
     *
     * @param creationTime when it was made, in 100 ns since 1601
     * @param hashAlgId the TPM_ALG_ID of the digest
     * @param digest the digest of the list
     */
    record RevocationList(long creationTime, int hashAlgId, Bytes digest) implements SipaStructure {
        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .unsigned("creationTime", creationTime, Long.BYTES)
                    .unsigned("digestLength", digest.length(), Integer.BYTES)
                    .hexadecimal("hashAlgId", hashAlgId, Short.BYTES)
                    .binary("digest", digest)
                    .toList();
        }
    }

    /**
     * A system integrity policy ({@code SIPAEVENT_SI_POLICY_PAYLOAD}).
     *
     * @param policyVersion four numbers of 16 bits, the major one in the highest
     * @param hashAlgId the TPM_ALG_ID of the digest
     * @param policyName the name, such as {@code SiPolicy.p7b}
     * @param digest the digest of the policy
     */
    record SiPolicy(long policyVersion, int hashAlgId, Text policyName, Bytes digest) implements SipaStructure {
        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .hexadecimal("policyVersion", policyVersion, Long.BYTES)
                    .unsigned("policyNameLength", policyName.encode().length(), Short.BYTES)
                    .hexadecimal("hashAlgId", hashAlgId, Short.BYTES)
                    .unsigned("digestLength", digest.length(), Integer.BYTES)
                    .value("policyName", policyName)
                    .binary("digest", digest)
                    .toList();
        }
    }

    /**
     * The signer of a system integrity policy ({@code SIPAEVENT_SI_POLICY_SIGNER_PAYLOAD}).
     *
     * @param rootId the root of the certificates, a {@code MINCRYPT_KNOWN_ROOT_ID}; unsigned 32 bits
     * @param policyName the name of the policy
     * @param extendedKeyUsages the key usages
     * @param certificates the certificates
     */
    record SiPolicySigner(
            long rootId,
            Text policyName,
            List<ExtendedKeyUsage> extendedKeyUsages,
            List<SiPolicyCertificate> certificates)
            implements SipaStructure {
        public SiPolicySigner {
            extendedKeyUsages = List.copyOf(extendedKeyUsages);
            certificates = List.copyOf(certificates);
        }

        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .unsigned("rootId", rootId, Integer.BYTES)
                    .unsigned("certificatesLength", length(certificates), Integer.BYTES)
                    .unsigned("certificatesCount", certificates.size(), Short.BYTES)
                    .unsigned("policyNameLength", policyName.encode().length(), Short.BYTES)
                    .unsigned("ekusLength", length(extendedKeyUsages), Short.BYTES)
                    .unsigned("ekusCount", extendedKeyUsages.size(), Short.BYTES)
                    .value("policyName", policyName)
                    .items("ekus", "eku", extendedKeyUsages)
                    .items("certificates", "certificate", certificates)
                    .toList();
        }

        private static int length(List<? extends SipaValue> values) {
            return values.stream().mapToInt(value -> value.encode().length()).sum();
        }
    }

    /**
     * A key usage of a signer.
     *
     * @param identifier the object identifier, up to 255 bytes
     */
    record ExtendedKeyUsage(Bytes identifier) implements SipaStructure {
        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .unsigned("length", identifier.length(), Byte.BYTES)
                    .binary("identifier", identifier)
                    .toList();
        }
    }

    /**
     * A certificate of a signer ({@code SIPAEVENT_SI_POLICY_CERTIFICATE_PAYLOAD}).
     *
     * @param publisherCommonName common name of the subject
     * @param issuerCommonName common name of the issuer
     * @param hashAlgId the CAPI ALG_ID of the digest; unsigned 32 bits
     * @param digest the digest of the part that is signed
     */
    record SiPolicyCertificate(Text publisherCommonName, Text issuerCommonName, long hashAlgId, Bytes digest)
            implements SipaStructure {
        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .unsigned(
                            "publisherCommonNameLength",
                            publisherCommonName.encode().length(),
                            Short.BYTES)
                    .unsigned(
                            "issuerCommonNameLength", issuerCommonName.encode().length(), Short.BYTES)
                    .hexadecimal("hashAlgId", hashAlgId, Integer.BYTES)
                    .unsigned("digestLength", digest.length(), Short.BYTES)
                    .value("publisherCommonName", publisherCommonName)
                    .value("issuerCommonName", issuerCommonName)
                    .binary("digest", digest)
                    .toList();
        }
    }

    /**
     * An RSA public key of VSM ({@code SIPAEVENT_VSM_IDK_INFO_PAYLOAD}).
     *
     * @param keyBitLength length of the modulus in bits; unsigned 32 bits
     * @param publicExponent the exponent, big-endian
     * @param modulus the modulus, big-endian
     */
    record VsmIdkInfo(long keyBitLength, Bytes publicExponent, Bytes modulus) implements SipaStructure {
        static final int RSA = 1;

        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .unsigned("keyAlgId", RSA, Integer.BYTES)
                    .unsigned("keyBitLength", keyBitLength, Integer.BYTES)
                    .unsigned("publicExpLengthBytes", publicExponent.length(), Integer.BYTES)
                    .unsigned("modulusSizeBytes", modulus.length(), Integer.BYTES)
                    .binary("publicExponent", publicExponent)
                    .binary("modulus", modulus)
                    .toList();
        }
    }

    /**
     * The Secure Boot custom policy ({@code SIPAEVENT_SBCP_INFO_PAYLOAD_V1}).
     *
     * @param hashAlgId the TPM_ALG_ID of the digest
     * @param options option flags; unsigned 32 bits
     * @param signersCount how many signers it has; unsigned 32 bits
     * @param digest the digest of the policy
     */
    record SbcpInfo(int hashAlgId, long options, long signersCount, Bytes digest) implements SipaStructure {
        static final int VERSION = 1;
        static final int HEADER_SIZE = 20;

        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .unsigned("payloadVersion", VERSION, Integer.BYTES)
                    .unsigned("varDataOffset", HEADER_SIZE, Integer.BYTES)
                    .hexadecimal("hashAlgId", hashAlgId, Short.BYTES)
                    .unsigned("digestLength", digest.length(), Short.BYTES)
                    .hexadecimal("options", options, Integer.BYTES)
                    .unsigned("signersCount", signersCount, Integer.BYTES)
                    .binary("digest", digest)
                    .toList();
        }
    }

    /**
     * A signature over a kernel soft reboot ({@code SIPAEVENT_KSR_SIGNATURE_PAYLOAD}).
     *
     * @param signAlgId the algorithm; unsigned 32 bits
     * @param signature the signature
     */
    record KsrSignature(long signAlgId, Bytes signature) implements SipaStructure {
        @Override
        public List<SipaField> fields() {
            return new SipaField.Sequence()
                    .hexadecimal("signAlgId", signAlgId, Integer.BYTES)
                    .unsigned("signatureLength", signature.length(), Integer.BYTES)
                    .binary("signature", signature)
                    .toList();
        }
    }
}
