package io.github.measuredboot.windows;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The known types of Windows' tagged events, and the layout of their data ({@code wbcl.h} of the Windows SDK). */
public enum SipaEventType {
    /** What one boot application measured. */
    TRUSTBOUNDARY(0x4001_0001L, "trustBoundary", SipaLayout.CONTAINER),

    /** One early-launch anti-malware driver. */
    ELAM_AGGREGATION(0x4001_0002L, "elamAggregation", SipaLayout.CONTAINER),

    /** One loaded image. */
    LOADEDMODULE_AGGREGATION(0x4001_0003L, "loadedModuleAggregation", SipaLayout.CONTAINER),

    /** A quote that Windows made over the PCRs, in an EV_NO_ACTION event; not measured. */
    TRUSTPOINT_AGGREGATION(0xc001_0004L, "trustPointAggregation", SipaLayout.CONTAINER),

    /** A kernel soft reboot. */
    KSR_AGGREGATION(0x4001_0005L, "ksrAggregation", SipaLayout.CONTAINER),

    /** The signed measurements of a kernel soft reboot. */
    KSR_SIGNED_MEASUREMENT_AGGREGATION(0x4001_0006L, "ksrSignedMeasurementAggregation", SipaLayout.CONTAINER),

    /** Information without a known structure. */
    INFORMATION(0x0002_0001L, "information", SipaLayout.BYTES),

    /** A counter of boots. */
    BOOTCOUNTER(0x0002_0002L, "bootCounter", SipaLayout.U64),

    /** What kind of application the boot application hands over to. */
    TRANSFER_CONTROL(0x0002_0003L, "transferControl", SipaLayout.U32),

    /** A boot application returned. */
    APPLICATION_RETURN(0x0002_0004L, "applicationReturn", SipaLayout.BYTES),

    /** How a BitLocker volume was unlocked: flags, 0 for no volume. */
    BITLOCKER_UNLOCK(0x0002_0005L, "bitLockerUnlock", SipaLayout.HEX32),

    /** A counter of the TPM. */
    EVENTCOUNTER(0x0002_0006L, "eventCounter", SipaLayout.U64),

    /** Which counter of the TPM. */
    COUNTERID(0x0002_0007L, "counterId", SipaLayout.HEX64),

    /** Whether the request to overwrite memory can be withdrawn. */
    MORBIT_NOT_CANCELABLE(0x0002_0008L, "morBitNotCancelable", SipaLayout.U32),

    /** Security version of the boot application. */
    APPLICATION_SVN(0x0002_0009L, "applicationSvn", SipaLayout.U32_U64),

    /** Status of the chain of security versions. */
    SVN_CHAIN_STATUS(0x0002_000aL, "svnChainStatus", SipaLayout.U32_U64),

    /** NTSTATUS of setting the memory overwrite request. */
    MORBIT_API_STATUS(0x0002_000bL, "morBitApiStatus", SipaLayout.HEX32),

    /** Whether the identity key of VSM came from a cache. */
    IDK_GENERATION_STATUS(0x0002_000cL, "idkGenerationStatus", SipaLayout.U32),

    /** The firmware failed while Windows measured. */
    FIRMWAREFAILURE(0x0003_0001L, "firmwareFailure", SipaLayout.BYTES),

    /** The TPM failed; not measured. */
    TPMFAILURE(0x8003_0002L, "tpmFailure", SipaLayout.BYTES),

    /** Measuring failed inside Windows. */
    INTERNALFAILURE(0x0003_0003L, "internalFailure", SipaLayout.BYTES),

    /** A kernel soft reboot failed; not measured. */
    KSRFAILURE(0x8003_0004L, "ksrFailure", SipaLayout.BYTES),

    /** The hypervisor failed. */
    HYPERVISORFAILURE(0x0003_0005L, "hypervisorFailure", SipaLayout.BYTES),

    /** The boot application is being debugged. */
    BOOTDEBUGGING(0x0004_0001L, "bootDebugging", SipaLayout.FLAG),

    /** The list of revoked boot applications. */
    BOOT_REVOCATION_LIST(0x0004_0002L, "bootRevocationList", SipaLayout.REVOCATION_LIST),

    /** Kernel debugging is on. */
    OSKERNELDEBUG(0x0005_0001L, "osKernelDebug", SipaLayout.FLAG),

    /** Code integrity is checked. */
    CODEINTEGRITY(0x0005_0002L, "codeIntegrity", SipaLayout.FLAG),

    /** Test-signed drivers are accepted. */
    TESTSIGNING(0x0005_0003L, "testSigning", SipaLayout.FLAG),

    /** Policy of data execution prevention. */
    DATAEXECUTIONPREVENTION(0x0005_0004L, "dataExecutionPrevention", SipaLayout.U64),

    /** Safe mode. */
    SAFEMODE(0x0005_0005L, "safeMode", SipaLayout.FLAG),

    /** Windows PE. */
    WINPE(0x0005_0006L, "winPe", SipaLayout.FLAG),

    /** Policy of physical address extension. */
    PHYSICALADDRESSEXTENSION(0x0005_0007L, "physicalAddressExtension", SipaLayout.U64),

    /** What kind of device Windows is on. */
    OSDEVICE(0x0005_0008L, "osDevice", SipaLayout.HEX32),

    /** The folder of Windows. */
    SYSTEMROOT(0x0005_0009L, "systemRoot", SipaLayout.TEXT),

    /** Whether the hypervisor is started. */
    HYPERVISOR_LAUNCH_TYPE(0x0005_000aL, "hypervisorLaunchType", SipaLayout.U64),

    /** The file of the hypervisor. */
    HYPERVISOR_PATH(0x0005_000bL, "hypervisorPath", SipaLayout.TEXT),

    /** How the hypervisor uses the IOMMU. */
    HYPERVISOR_IOMMU_POLICY(0x0005_000cL, "hypervisorIommuPolicy", SipaLayout.U64),

    /** The hypervisor is being debugged. */
    HYPERVISOR_DEBUG(0x0005_000dL, "hypervisorDebug", SipaLayout.FLAG),

    /** Which boot drivers are loaded; 1 is the default. */
    DRIVER_LOAD_POLICY(0x0005_000eL, "driverLoadPolicy", SipaLayout.U32),

    /** A system integrity (application control) policy. */
    SI_POLICY(0x0005_000fL, "siPolicy", SipaLayout.SI_POLICY),

    /** Whether memory-mapped I/O is executable. */
    HYPERVISOR_MMIO_NX_POLICY(0x0005_0010L, "hypervisorMmioNxPolicy", SipaLayout.U64),

    /** Whether the hypervisor filters model-specific registers. */
    HYPERVISOR_MSR_FILTER_POLICY(0x0005_0011L, "hypervisorMsrFilterPolicy", SipaLayout.U64),

    /** Whether virtual secure mode is started. */
    VSM_LAUNCH_TYPE(0x0005_0012L, "vsmLaunchType", SipaLayout.U64),

    /** The list of revoked images of the operating system. */
    OS_REVOCATION_LIST(0x0005_0013L, "osRevocationList", SipaLayout.REVOCATION_LIST),

    /** Simultaneous multithreading. */
    SMT_STATUS(0x0005_0014L, "smtStatus", SipaLayout.U32_U64),

    /** Public identity (decryption) key of VSM. */
    VSM_IDK_INFO(0x0005_0020L, "vsmIdkInfo", SipaLayout.VSM_IDK),

    /** Flight-signed images are accepted. */
    FLIGHTSIGNING(0x0005_0021L, "flightSigning", SipaLayout.FLAG),

    /** The page file is encrypted. */
    PAGEFILE_ENCRYPTION_ENABLED(0x0005_0022L, "pagefileEncryptionEnabled", SipaLayout.FLAG),

    /** Public identity signing key of VSM. */
    VSM_IDKS_INFO(0x0005_0023L, "vsmIdksInfo", SipaLayout.VSM_IDK),

    /** No hibernation. */
    HIBERNATION_DISABLED(0x0005_0024L, "hibernationDisabled", SipaLayout.FLAG),

    /** No crash dumps. */
    DUMPS_DISABLED(0x0005_0025L, "dumpsDisabled", SipaLayout.FLAG),

    /** Crash dumps are encrypted. */
    DUMP_ENCRYPTION_ENABLED(0x0005_0026L, "dumpEncryptionEnabled", SipaLayout.FLAG),

    /** SHA-256 of the key that dumps are encrypted with. */
    DUMP_ENCRYPTION_KEY_DIGEST(0x0005_0027L, "dumpEncryptionKeyDigest", SipaLayout.BYTES),

    /** Isolation of the local security authority: LSA_ISO flags. */
    LSAISO_CONFIG(0x0005_0028L, "lsaIsoConfig", SipaLayout.HEX32),

    /** The Secure Boot custom policy. */
    SBCP_INFO(0x0005_0029L, "sbcpInfo", SipaLayout.SBCP_INFO),

    /** The firmware protects against DMA. */
    HYPERVISOR_BOOT_DMA_PROTECTION(0x0005_0030L, "hypervisorBootDmaProtection", SipaLayout.FLAG),

    /** Who signed a system integrity policy. */
    SI_POLICY_SIGNER(0x0005_0031L, "siPolicySigner", SipaLayout.SI_POLICY_SIGNER),

    /** Who may sign an update of a system integrity policy. */
    SI_POLICY_UPDATE_SIGNER(0x0005_0032L, "siPolicyUpdateSigner", SipaLayout.SI_POLICY_SIGNER),

    /** ReFS: checksum of the checkpoint record. */
    REFS_VOLUME_CHECKPOINT_RECORD_CHECKSUM(0x0005_0033L, "refsVolumeCheckpointRecordChecksum", SipaLayout.BYTES),

    /** ReFS: checksum of the frozen volume. */
    REFS_ROLLBACK_PROTECTION_FROZEN_VOLUME_CHECKSUM(
            0x0005_0034L, "refsRollbackProtectionFrozenVolumeChecksum", SipaLayout.BYTES),

    /** ReFS: hash of the user's payload. */
    REFS_ROLLBACK_PROTECTION_USER_PAYLOAD_HASH(0x0005_0035L, "refsRollbackProtectionUserPayloadHash", SipaLayout.BYTES),

    /** ReFS: no rollback was found. */
    REFS_ROLLBACK_PROTECTION_VERIFICATION_SUCCEEDED(
            0x0005_0036L, "refsRollbackProtectionVerificationSucceeded", SipaLayout.BYTES),

    /** ReFS: the volume is mounted for the first time. */
    REFS_ROLLBACK_PROTECTION_VOLUME_FIRST_EVER_MOUNT(
            0x0005_0037L, "refsRollbackProtectionVolumeFirstEverMount", SipaLayout.BYTES),

    /** The policy that VSM seals for later boots. */
    VSM_SEALED_SI_POLICY(0x0005_003aL, "vsmSealedSiPolicy", SipaLayout.BYTES),

    /** VSM found a new key of the DRTM. */
    VSM_DRTM_KEYROLL_DETECTED(0x0005_003bL, "vsmDrtmKeyRollDetected", SipaLayout.BYTES),

    /** The policy under which VSM unseals its key. */
    VSM_SRTM_UNSEAL_POLICY(0x0005_003cL, "vsmSrtmUnsealPolicy", SipaLayout.BYTES),

    /** The counter that the key of VSM is bound to. */
    VSM_SRTM_ANTI_ROLLBACK_COUNTER(0x0005_003dL, "vsmSrtmAntiRollbackCounter", SipaLayout.BYTES),

    /** Crash dumps of VTL 1. */
    VTL1_DUMP_CONFIG(0x0005_0040L, "vtl1DumpConfig", SipaLayout.BYTES),

    /** An image had no signer. */
    NOAUTHORITY(0x0006_0001L, "noAuthority", SipaLayout.FLAG),

    /** Public key (DER SubjectPublicKeyInfo) of an authority that images were checked with. */
    AUTHORITYPUBKEY(0x0006_0002L, "authorityPubKey", SipaLayout.BYTES),

    /** The file of the image. */
    FILEPATH(0x0007_0001L, "filePath", SipaLayout.TEXT),

    /** Size of the image in memory. */
    IMAGESIZE(0x0007_0002L, "imageSize", SipaLayout.U64),

    /** Algorithm of the Authenticode hash, a CAPI ALG_ID. */
    HASHALGORITHMID(0x0007_0003L, "hashAlgorithmId", SipaLayout.HEX32),

    /** The Authenticode hash. */
    AUTHENTICODEHASH(0x0007_0004L, "authenticodeHash", SipaLayout.BYTES),

    /** Issuer of the signer's certificate. */
    AUTHORITYISSUER(0x0007_0005L, "authorityIssuer", SipaLayout.TEXT),

    /** Serial number of the signer's certificate. */
    AUTHORITYSERIAL(0x0007_0006L, "authoritySerial", SipaLayout.BYTES),

    /** Where the image is in memory. */
    IMAGEBASE(0x0007_0007L, "imageBase", SipaLayout.HEX64),

    /** Subject of the signer's certificate. */
    AUTHORITYPUBLISHER(0x0007_0008L, "authorityPublisher", SipaLayout.TEXT),

    /** SHA-1 of the signer's certificate. */
    AUTHORITYSHA1THUMBPRINT(0x0007_0009L, "authoritySha1Thumbprint", SipaLayout.BYTES),

    /** The signature was checked and is good. */
    IMAGEVALIDATED(0x0007_000aL, "imageValidated", SipaLayout.FLAG),

    /** Security version of the image. */
    MODULE_SVN(0x0007_000bL, "moduleSvn", SipaLayout.U32_U64),

    /** Firmware for a Pluton processor. */
    MODULE_PLUTON(0x0007_000cL, "modulePluton", SipaLayout.BYTES),

    /** File name in the version resource. */
    MODULE_ORIGINAL_FILENAME(0x0007_000dL, "moduleOriginalFilename", SipaLayout.TEXT),

    /** Version: major, minor, build and revision of 16 bits each. */
    MODULE_VERSION(0x0007_000eL, "moduleVersion", SipaLayout.HEX64),

    /** Manufacturer as the signature names it. */
    PUBLISHER_OEMNAME(0x0007_000fL, "publisherOemName", SipaLayout.TEXT),

    /** What the TPM signed; not measured. */
    QUOTE(0x8008_0001L, "quote", SipaLayout.BYTES),

    /** Its signature; not measured. */
    QUOTESIGNATURE(0x8008_0002L, "quoteSignature", SipaLayout.BYTES),

    /** Name of the attestation key; not measured. */
    AIKID(0x8008_0003L, "aikId", SipaLayout.TEXT),

    /** SHA-1 of the attestation key; not measured. */
    AIKPUBDIGEST(0x8008_0004L, "aikPubDigest", SipaLayout.BYTES),

    /** Name of the driver's registry key. */
    ELAM_KEYNAME(0x0009_0001L, "elamKeyName", SipaLayout.TEXT),

    /** Configuration of the driver. */
    ELAM_CONFIGURATION(0x0009_0002L, "elamConfiguration", SipaLayout.BYTES),

    /** Policy of the driver. */
    ELAM_POLICY(0x0009_0003L, "elamPolicy", SipaLayout.BYTES),

    /** Measured value of the driver. */
    ELAM_MEASURED(0x0009_0004L, "elamMeasured", SipaLayout.BYTES),

    /** Virtual secure mode is required. */
    VBS_VSM_REQUIRED(0x000a_0001L, "vbsVsmRequired", SipaLayout.FLAG),

    /** Secure Boot is required. */
    VBS_SECUREBOOT_REQUIRED(0x000a_0002L, "vbsSecureBootRequired", SipaLayout.FLAG),

    /** An IOMMU is required. */
    VBS_IOMMU_REQUIRED(0x000a_0003L, "vbsIommuRequired", SipaLayout.FLAG),

    /** Memory-mapped I/O must not be executable. */
    VBS_MMIO_NX_REQUIRED(0x000a_0004L, "vbsMmioNxRequired", SipaLayout.FLAG),

    /** Model-specific registers must be filtered. */
    VBS_MSR_FILTERING_REQUIRED(0x000a_0005L, "vbsMsrFilteringRequired", SipaLayout.FLAG),

    /** Without VBS Windows does not start. */
    VBS_MANDATORY_ENFORCEMENT(0x000a_0006L, "vbsMandatoryEnforcement", SipaLayout.FLAG),

    /** Hypervisor-protected code integrity. */
    VBS_HVCI_POLICY(0x000a_0007L, "vbsHvciPolicy", SipaLayout.U64),

    /** Only Microsoft may have signed the boot chain. */
    VBS_MICROSOFT_BOOT_CHAIN_REQUIRED(0x000a_0008L, "vbsMicrosoftBootChainRequired", SipaLayout.FLAG),

    /** Dumps are encrypted for the AME root. */
    VBS_DUMP_USES_AMEROOT(0x000a_0009L, "vbsDumpUsesAmeRoot", SipaLayout.FLAG),

    /** VSM keeps no secrets. */
    VBS_VSM_NOSECRETS_ENFORCED(0x000a_000aL, "vbsVsmNoSecretsEnforced", SipaLayout.FLAG),

    /** Signature over a kernel soft reboot. */
    KSR_SIGNATURE(0x000b_0001L, "ksrSignature", SipaLayout.KSR_SIGNATURE),

    /** Signature over the state of the DRTM. */
    DRTM_STATE_AUTH(0x000c_0001L, "drtmStateAuth", SipaLayout.BYTES),

    /** Level of protection from SMM. */
    DRTM_SMM_LEVEL(0x000c_0002L, "drtmSmmLevel", SipaLayout.U8),

    /** Hash of AMD's SMM module. */
    DRTM_AMD_SMM_HASH(0x000c_0003L, "drtmAmdSmmHash", SipaLayout.BYTES),

    /** Hash of the key that signed AMD's SMM module. */
    DRTM_AMD_SMM_SIGNER_KEY(0x000c_0004L, "drtmAmdSmmSignerKey", SipaLayout.BYTES);

    private static final Map<Long, SipaEventType> BY_VALUE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(SipaEventType::value, Function.identity()));

    private final long value;
    private final String fieldName;
    private final SipaLayout layout;

    SipaEventType(long value, String fieldName, SipaLayout layout) {
        this.value = value;
        this.fieldName = fieldName;
        this.layout = layout;
    }

    /**
     * A type by its number.
     *
     * @param value the number, flags included
     * @return the type, or empty if the number is not known
     */
    public static Optional<SipaEventType> byValue(long value) {
        return Optional.ofNullable(BY_VALUE.get(value));
    }

    /** {@return the number, 32 bits, unsigned: flags, category, and number in the category} */
    public long value() {
        return value;
    }

    /** {@return the name for reports, in lower camel case, unique} */
    public String fieldName() {
        return fieldName;
    }

    /** {@return the name in {@code wbcl.h}, for example {@code SIPAEVENT_BOOTCOUNTER}} */
    public String specificationName() {
        return (isError() ? "SIPAERROR_" : "SIPAEVENT_") + name();
    }

    SipaLayout layout() {
        return layout;
    }

    private boolean isError() {
        return (value & SipaElement.CATEGORY_MASK) == 0x0003_0000L;
    }
}
