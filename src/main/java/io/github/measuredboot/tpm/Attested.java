package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import java.util.List;

/** What an {@link Attest} is about: TPMU_ATTEST, with a record for each type (TPM 2.0 Library, Part 2, section 10.12). */
public sealed interface Attested {
    /** {@return its TPM_ST, such as {@link Quote#TYPE}} */
    int type();

    /**
     * The values of some PCRs: TPMS_QUOTE_INFO, made by TPM2_Quote.
     *
     * @param pcrSelect the banks and PCRs, in the order in which their values are hashed (TPML_PCR_SELECTION), at most 16
     * @param pcrDigest the hash of the PCR values, by the hash algorithm of the signature, at most 64 bytes
     */
    record Quote(List<Attest.BankSelection> pcrSelect, Bytes pcrDigest) implements Attested {
        /** TPM_ST_ATTEST_QUOTE. */
        public static final int TYPE = 0x8018;

        /** @throws IllegalArgumentException if a part is longer than it may be */
        public Quote {
            pcrSelect = Attest.BankSelection.requireFew(pcrSelect);
            Sized.requireAtMost(Sized.MAX_DIGEST, pcrDigest, "pcrDigest");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * An object that is loaded in the TPM: TPMS_CERTIFY_INFO, made by TPM2_Certify.
     *
     * @param name the object's name, at most 66 bytes
     * @param qualifiedName the object's qualified name, at most 66 bytes
     */
    record Certify(Bytes name, Bytes qualifiedName) implements Attested {
        /** TPM_ST_ATTEST_CERTIFY. */
        public static final int TYPE = 0x8017;

        /** @throws IllegalArgumentException if a name is too long */
        public Certify {
            Sized.requireAtMost(Sized.MAX_NAME, name, "name");
            Sized.requireAtMost(Sized.MAX_NAME, qualifiedName, "qualifiedName");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * The fact that this TPM made an object: TPMS_CREATION_INFO, made by TPM2_CertifyCreation.
     *
     * @param objectName the object's name, at most 66 bytes
     * @param creationHash the hash of the object's {@link CreationData}, by the algorithm of its name, at most 64 bytes
     */
    record Creation(Bytes objectName, Bytes creationHash) implements Attested {
        /** TPM_ST_ATTEST_CREATION. */
        public static final int TYPE = 0x801a;

        /** @throws IllegalArgumentException if a part is too long */
        public Creation {
            Sized.requireAtMost(Sized.MAX_NAME, objectName, "objectName");
            Sized.requireAtMost(Sized.MAX_DIGEST, creationHash, "creationHash");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * What is stored in an NV index: TPMS_NV_CERTIFY_INFO, made by TPM2_NV_Certify.
     *
     * @param indexName the name of the index ({@link NvPublic#name}), at most 66 bytes
     * @param offset where in the index the contents begin, 0 to 65535
     * @param nvContents the contents, at most 4096 bytes
     */
    record Nv(Bytes indexName, int offset, Bytes nvContents) implements Attested {
        /** TPM_ST_ATTEST_NV. */
        public static final int TYPE = 0x8014;

        static final int MAX_CONTENTS = 4096;

        /** @throws IllegalArgumentException if a part is too long or a number does not fit */
        public Nv {
            Sized.requireAtMost(Sized.MAX_NAME, indexName, "indexName");
            Sized.requireU16(offset, "offset");
            Sized.requireAtMost(MAX_CONTENTS, nvContents, "nvContents");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * The hash of what is stored in an NV index: TPMS_NV_DIGEST_CERTIFY_INFO, made by TPM2_NV_Certify when a TPM of version
     * 1.59 or later is asked for no bytes.
     *
     * @param indexName the name of the index ({@link NvPublic#name}), at most 66 bytes
     * @param nvDigest the hash of the whole contents, by the hash algorithm of the signature, at most 64 bytes
     */
    record NvDigest(Bytes indexName, Bytes nvDigest) implements Attested {
        /** TPM_ST_ATTEST_NV_DIGEST. */
        public static final int TYPE = 0x801c;

        /** @throws IllegalArgumentException if a part is too long */
        public NvDigest {
            Sized.requireAtMost(Sized.MAX_NAME, indexName, "indexName");
            Sized.requireAtMost(Sized.MAX_DIGEST, nvDigest, "nvDigest");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * The TPM's time: TPMS_TIME_ATTEST_INFO, made by TPM2_GetTime.
     *
     * @param time milliseconds since the TPM was last powered, all 64 bits in use
     * @param clockInfo the clock and the counters, as in {@link Attest#clockInfo}
     * @param firmwareVersion the firmware version, as in {@link Attest#firmwareVersion}
     */
    record Time(long time, Attest.ClockInfo clockInfo, long firmwareVersion) implements Attested {
        /** TPM_ST_ATTEST_TIME. */
        public static final int TYPE = 0x8019;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Which commands were executed: TPMS_COMMAND_AUDIT_INFO, made by TPM2_GetCommandAuditDigest.
     *
     * @param auditCounter how many audit sequences there have been, all 64 bits in use
     * @param digestAlg the TPM_ALG_ID of the hash algorithm of the audit
     * @param auditDigest the digest over the commands and responses, at most 64 bytes
     * @param commandDigest the digest over the codes of the commands that are audited, at most 64 bytes
     */
    record CommandAudit(long auditCounter, int digestAlg, Bytes auditDigest, Bytes commandDigest) implements Attested {
        /** TPM_ST_ATTEST_COMMAND_AUDIT. */
        public static final int TYPE = 0x8015;

        /** @throws IllegalArgumentException if a part is too long or a number does not fit */
        public CommandAudit {
            Sized.requireU16(digestAlg, "digestAlg");
            Sized.requireAtMost(Sized.MAX_DIGEST, auditDigest, "auditDigest");
            Sized.requireAtMost(Sized.MAX_DIGEST, commandDigest, "commandDigest");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Which commands were executed in a session: TPMS_SESSION_AUDIT_INFO, made by TPM2_GetSessionAuditDigest.
     *
     * @param exclusiveSession whether nothing else was executed in between
     * @param sessionDigest the digest over the commands and responses, by the hash algorithm of the session, at most 64 bytes
     */
    record SessionAudit(boolean exclusiveSession, Bytes sessionDigest) implements Attested {
        /** TPM_ST_ATTEST_SESSION_AUDIT. */
        public static final int TYPE = 0x8016;

        /** @throws IllegalArgumentException if the digest is too long */
        public SessionAudit {
            Sized.requireAtMost(Sized.MAX_DIGEST, sessionDigest, "sessionDigest");
        }

        @Override
        public int type() {
            return TYPE;
        }
    }
}
