package io.github.measuredboot.uefi.guid;

/**
 * A line for each known GUID: its canonical text, a blank and its name; sorted. As constants of classes they are there at once, whereas a
 * resource would have to be found first. There is a class for each first digit because the JVM reads the whole of a class to use any of
 * it.
 */
final class GuidNameLines {
    private GuidNameLines() {}

    static final class Digit0 {
        private Digit0() {}

        static String lines() {
            return """
                    00000000-0000-0000-0000-000000000000 zero
                    00160f8d-2b35-4df2-bbe0-b272a8d631f0 FirmwarePerformanceDxe
                    0049858f-8ca7-4ccd-918b-d952cbf32975 VirtioFdtDxe
                    0053d9d6-2659-4599-a26b-ef4536e631a9 gShellAliasGuid
                    0065d394-9951-4144-82a3-0afc8579c251 gEfiPeiRscHandlerPpiGuid
                    00720665-67eb-4a99-baf7-d3c33a1c7cc9 gEfiTcp4ServiceBindingProtocolGuid
                    007ab472-dc4a-4df8-a5c2-abb4a327278c ArmPsciMpServicesDxe
                    00ca959f-6cfa-4db1-95bc-e46c47514390 gEfiTlsProtocolGuid
                    00f771de-1a7e-4fcb-890e-68c77e2fb44e SEV-ES reset block
                    0167ccc4-d0f7-4f21-a3ef-9e64b7cdce8b ScsiBus
                    0170f60c-1d40-4651-956d-f0bd9879d527 Virtio10
                    0174b2b5-f505-4b12-aa60-59dff8d6ea37 gShellNetwork2HiiGuid
                    01d127ea-f6f1-4ef6-9415-8a000093f89d gUefiPayloadPkgTokenSpaceGuid
                    01f34d25-4de2-23ad-3ff3-36353ff323f1 gEfiPeiPcdPpiGuid
                    021bd2ca-51d2-11e3-8e56-b75417c70b44 gUsbDeviceProtocolGuid
                    0223eddb-9079-4388-af77-2d65b1c35d3b redhat
                    024dee41-33e7-11d3-9d69-0008c781f39f GPT: partition containing a legacy MBR
                    0253f9fa-129a-4a8d-b12e-7dc2b6376302 dpDynamicCommand
                    025bbfc7-e6a9-4b8b-82ad-6815a1aeaf4a MnpDxe
                    02ce967a-dd7e-4ffc-9ee7-810cf0470880 gEfiEndOfDxeEventGroupGuid
                    02e800be-8f01-4aa6-946b-d71388e1833f mtftp4sb
                    02eea107-98db-400e-9830-460a1542d799 gIp6ConfigNvDataGuid
                    031b1fe7-582e-4f43-b50d-5a7e42bcc11c SampleUnitTestSmmExpectFail
                    03583ff6-cb36-4940-947e-b9b39f4afaf7 gEfiSmbiosProtocolGuid
                    036f84e1-7f37-428c-a79e-575fdfaa84ec gEfiIommuDMArErrorSectionGuid
                    0379be4e-d706-437d-b037-edb82fb772a4 gEfiDevicePathUtilitiesProtocolGuid
                    0397b0c9-22e8-459e-a4ff-99bc65270929 gTpm2StartupLocalityHobGuid
                    03c4e603-ac28-11d3-9a2d-0090273fc14d gEfiPxeBaseCodeProtocolGuid
                    03d4c61d-2713-4ec5-a1cc-883be9dc18e5 gUniversalPayloadBaseGuid
                    044310ab-77fd-402a-af1a-87d4120e7329 FirmwarePerformanceSmm
                    04b37fe8-f6ae-480b-bdd5-37d98c5e89aa gEdkiiVarErrorFlagGuid
                    055ddac6-9142-4013-bf20-fc2e5bc325c9 CpuTimerDxeRiscV64
                    057a449a-1fdc-4c06-bfc9-f53f6a99bb92 gEfiPciCfg2PpiGuid
                    05837c75-1d65-468b-b1c2-81af9a315b2c gEdkiiIpmiBlobTransferProtocolGuid
                    05ad34ba-6f02-4214-952e-4da0398e2bb9 gEfiDxeServicesTableGuid
                    05c99a21-c70f-4ad2-8a5f-35df3343f51e gEfiDevicePathFromTextProtocolGuid
                    060cc026-4c0d-4dda-8f41-595fef00a502 gMemoryStatusCodeRecordGuid
                    0619f5c2-4858-4caa-a86a-73a21a18df6b GenericWatchdogDxe
                    0657fd6d-a4ab-43c4-84e5-0933c84b4f4f GPT: Linux swap
                    067b1f5f-cf26-44c5-8554-93d777912d42 gConfidentialComputingSevSnpBlobGuid
                    06e81c58-4ad7-44bc-8390-f10265f72480 gPcdPpiGuid
                    0703f912-bf8d-4e2a-be07-ab272525c592 gEfiMmPeiMmramMemoryReserveGuid
                    0784924f-e296-11d4-9a49-0090273fc14d gEfiDriverDiagnosticsProtocolGuid
                    079e8e98-ae93-4b9a-8a71-1dc869f23e09 ShellSortTestApp
                    07a84945-685d-48ec-a6a1-1b397579fa76 UsbCdcEcm
                    07d75280-27d4-4d69-90d0-5643e238b341 gEfiPciPlatformProtocolGuid
                    08018188-42cd-bb48-100f-5387d53ded3d EFI_PERSISTENT_VIRTUAL_CD
                    08464531-4c99-4c4c-a887-8d8ba4bbb063 Ps2MouseDxe
                    08804377-af7a-4496-8a7b-175900e9ab46 gEdkIIRedfishCredentialProtocolGuid
                    08f74baa-ea36-41d9-9521-21a70f8780bc gEfiDiskInfoScsiInterfaceGuid
                    093e0fae-a6c4-4f50-9f1b-d41e2b89c19a gEfiCertSha512Guid
                    09576e91-6d3f-11d2-8e39-00a0c969723b gEfiDevicePathProtocolGuid
                    09576e92-6d3f-11d2-8e39-00a0c969723b gEfiFileInfoGuid
                    09576e93-6d3f-11d2-8e39-00a0c969723b gEfiFileSystemInfoGuid
                    09a9d5ac-5204-4214-96e5-94992e752bcd gEfiEventNotificationTypePeiGuid
                    09b8ba84-3dd3-49a6-a05a-3134a5f07bad gArmScmiPerformanceProtocolGuid
                    09e3b4be-f731-4903-aae6-bd5d573b6140 BmcAcpi
                    09ee81d3-f15e-43f4-85b4-cb9873da5d6b ArmMmCommunication
                    0a32a803-acdf-4c89-8293-91011548cd91 MicrocodeMeasurementDxe
                    0a66e322-3740-4cce-ad62-bd172cecca35 ScsiDisk
                    0a8badd5-03b8-4d19-b128-7b8f0edaa596 gEfiConfigKeywordHandlerProtocolGuid
                    0abba7dc-e516-4167-bbf5-4d9d1c739416 fwupdate
                    0ad3d31b-b3d8-4506-ae71-2ef11006d90f gUefiAcpiBoardInfoGuid
                    0ae8ce5d-e448-4437-a8d7-ebf5f194f731 gEfiDxeIplPpiGuid
                    0af0b742-63ec-45bd-8db6-71ad7f2fe8e8 gShellDriver1HiiGuid
                    0af7c79c-65b5-4319-b0ae-44ec484e4ad7 gEfiHashAlgorithmMD5Guid
                    0b04b2ed-861c-42cd-a22f-c3aafaccb896 GraphicsOutputDxe
                    0b590774-bc67-49f4-a7db-e82e89e6b5d6 gEfiPeiMpInitLibUpDepPpiGuid
                    0b64aab0-5429-11d4-9816-00a0c91fadcf gEfiBisProtocolGuid
                    0b6e5233-a65c-44c9-9407-d9ab83bfc8bd gEfiCertSha224Guid
                    0b6f5ca7-4f53-445a-b76e-2e365b806366 gArmVirtTokenSpaceGuid
                    0b807404-2d1c-4066-95f4-f28a58800185 VirtMmCommunication
                    0bda00b0-05d6-4bb8-bfc7-058ad13615cf ArmCrashDumpDxe
                    0c0f3b43-44de-4907-b478-225f6f6289dc gUsbKeyboardLayoutPackageGuid
                    0c109319-c149-450e-a3e3-b9badd9dc3a4 gEfiPeiMmConfigurationPpi
                    0c34b372-2622-4a13-a46e-bfd0deb48bff I2cBusDxe
                    0cc252d2-c106-4661-b5bd-3147a4f81f92 gEfiPrint2SProtocolGuid
                    0cdae298-cb3b-480a-bdc4-a6840ffe1f5e SpiHcSmm
                    0d1ce46b-72d9-4ba7-95da-23511865e661 CryptoPei
                    0d244df9-6ce3-4133-a1cf-53200ab663ac FspsWrapperPeim
                    0d3fb176-9569-4d51-a3ef-7d61c64feaba gEfiSecurityPkgTokenSpaceGuid
                    0d4bbf18-c2cc-4c23-bd63-bfdad4c710d0 Tcg2Acpi
                    0d51905b-b77e-452a-a2c0-eca0cc8d514a gEdkiiNonDiscoverableDeviceProtocolGuid
                    0d799a99-25af-429e-9272-d0b27d6d5f14 gMediaSanitizeProtocolGuid
                    0da55bc9-45f8-4bb4-8719-5224f18a4d45 gEfiWiFiProtocolGuid
                    0db48a36-4e54-ea9c-9b09-1ea5be3a660b gEfiRestProtocolGuid
                    0dc65adc-a973-4130-8df0-2adbeb9e4a31 gFirmwarePerformanceS3PointerGuid
                    0dc9c2c7-d450-41ba-9cf7-d2090c35a797 SpiNorFlashJedecSfdpDxe
                    0de2ce25-446a-45a7-bfc9-37da26344b37 gEfiPeiDeviceRecoveryModulePpiGuid
                    0e265f48-47c0-471f-9c83-c6d6576421a4 gEfiMmExitNotifyProtocolGuid
                    0e3606d2-1dc3-4e6f-be65-394982a26547 gPlatformVirtualKeyboardProtocolGuid
                    0ecc666b-4662-47f9-9dd5-d096ff7da49e gPeiSecPerformancePpiGuid
                    0ef93ed7-14ae-425b-928f-b85a6213b57e PrmSampleHardwareAccessModule
                    0ef98d3a-3e33-497a-a401-77be3eb74f38 gEfiAcpiS3ContextGuid
                    0efc6282-f1e5-469a-8a70-194a8761f9aa XenAcpiPlatformDxe
                    0f0b1735-87a0-4193-b266-538c38af48ce gEfiIfrTianoGuid
                    0f472f7d-6713-4915-9614-5dda28401056 gEdkiiVariableRuntimeCacheInfoHobGuid
                    0f6499b1-e9ad-493d-b9c2-2f90815c6cbc gEfiPhysicalPresenceGuid
                    0f9d89e8-9259-4f76-a5af-0c89e34023df gEfiFirmwareContentsSignedGuid
                    0faaecb1-226e-4782-aace-7db9bcbf4daf gEfiFtp4ServiceBindingProtocolGuid
                    0fbffd44-f98f-4e1c-9922-e9b21f13c3f8 MemoryInit
                    0fc63daf-8483-4772-8e79-3d69d8477de4 GPT: Linux generic data
                    0fd96974-23aa-4cdc-b9cb-98d17750322a gEfiHiiStringProtocolGuid
                    0ffbce19-324c-4690-a009-98c6ae2eb186 gRecoveryOnFatUsbDiskGuid
                    """;
        }
    }

    static final class Digit1 {
        private Digit1() {}

        static String lines() {
            return """
                    1019f54a-2560-41b2-87b0-6750b98f3eff CompatImageLoaderDxe
                    107a772b-d5e1-11d4-9a46-0090273fc14d gEfiDriverConfigurationProtocolGuid
                    107a772c-d5e1-11d4-9a46-0090273fc14d gEfiComponentNameProtocolGuid
                    113b2126-fc8a-11e3-bd6c-b8e8562cbafa gEfiBootManagerPolicyConnectAllGuid
                    114da5ef-2cf1-4e12-9bbb-c470b55205d9 gEfiAdapterInfoSanMacAddressGuid
                    11a6edf6-a9be-426d-a6cc-b22fe51d9224 PciHotPlugInitDxe
                    11b34006-d85b-4d0a-a290-d5a571310ef7 gPcdProtocolGuid
                    11b81837-249b-4843-a52c-c8237b35bfc2 gEdkIIRedfisEventRedfishInterfaceDisconnectionGuid
                    11d92dfb-3ca9-4f93-ba2e-4780ed3e03b5 VirtioBlkDxe
                    11dacb85-f5dc-4717-9db1-53e7dc725c20 Tcg2AcpiFfa
                    11e32c34-60b5-4991-8dea-63d3e8c876de UsbRndis
                    1206f7ca-a475-4624-a83e-e6fc9bb38e49 SmmControl2Dxe
                    1259f60d-b754-468e-a789-4db85d55e87e gEfiSwapAddressRangeProtocolGuid
                    126a762d-5758-4fca-8531-201a7f57f850 lenovo_boot_menu
                    128fb770-5e79-4176-9e51-9bb268a17dd1 PciHostBridgeDxe
                    12b8373f-e3df-4851-aa32-77d3fbb77de3 IgvmSecureBootDxe
                    138f9cf4-f0e7-4721-8f49-f5ffecf42d40 gEfiPeiMpInitLibMpDepPpiGuid
                    13a3f0f6-264a-3ef0-f2e0-dec512342f34 gEfiPcdProtocolGuid
                    13ac6dd0-73d0-11d4-b06b-00aa00bd6de7 EbcDxe
                    13ac6dd1-73d0-11d4-b06b-00aa00bd6de7 gEfiEbcProtocolGuid
                    13fa7698-c831-49c7-87ea-8f43fcc25196 gEfiEventVirtualAddressChangeGuid
                    1428f772-b64a-441e-b8c3-9ebdd7f893c7 gQemuKernelLoaderFsMediaGuid
                    143b7632-b81b-4cb7-abd3-b625a5b9bffe gEfiExtScsiPassThruProtocolGuid
                    14982a4f-b0ed-45b8-a811-5a7a9bc232df gEfiHiiKeyBoardLayoutGuid
                    151c8eae-7f2c-472c-9e54-9828194f6a88 gEfiDiskIo2ProtocolGuid
                    15735ef9-84ac-4e34-9886-56eecf73ec0f gFspiArchConfigPpiGuid
                    15853d7c-3ddf-43e0-a1cb-ebf85b8f872c gEfiDeferredImageLoadProtocolGuid
                    158def5a-f656-419c-b027-7a3192c079d2 gShellVariableGuid
                    1597ab4f-d542-4efe-9af7-b244ec544c0b gEdkiiPeiPciDevicePpiGuid
                    15a5baf6-1c91-467d-9dfb-319d178d4bb4 gUniversalPayloadExtraDataGuid
                    1682fe44-bd7a-4407-b7c7-dca37ca3922d gEfiTlsConfigurationProtocolGuid
                    168d1a6e-f4a5-448a-9e95-795661bb3067 ArmPciCpuIo2Dxe
                    16958446-19b7-480b-b047-7485ad3f716d gFdtHobGuid
                    171e9188-31d3-40f5-b10c-539b2db940cd gEfiShellPkgTokenSpaceGuid
                    17851fbf-45c4-4ff7-a2a0-c3b12d63c27e SdBlockIoPei
                    17985e6f-e778-4d94-aefa-c5dd2b77e186 QemuFwCfgAcpiPlatform
                    17a0a3d7-c0a5-4635-bbd5-072187dfe2ee gEmbeddedGpioProtocolGuid
                    17b862a4-1806-4faf-86b3-089a58353861 gTpm2ServiceFfaGuid
                    17d0ef2a-5933-4007-8950-5749169d3dc5 VariablePolicyDynamicCommand
                    17ee496a-d8e4-4b9a-94d1-ce8272300850 gEfiPeiBootInRecoveryModePpiGuid
                    1831a379-2d48-45bd-9744-d4059d93815d dp
                    183bb3e1-a1e5-4445-8ac9-0e83b6547e0e CpuFeaturesPei
                    1849bda2-6952-4e86-a1db-559a3c479df1 gEdkiiFirmwareManagementProgressProtocolGuid
                    18633bfc-1735-4217-8ac9-17239282d3f8 gEfiBttAbstractionGuid
                    18a031ab-b443-4d1a-a5c0-0c09261e9f71 gEfiDriverBindingProtocolGuid
                    18a3c6dc-5eea-48c8-a1c1-b53389f98999 gEfiMmSwDispatchProtocolGuid
                    18d93d57-0b00-4213-b0a2-a2ff5ec214e4 PrmConfigDxe
                    18fe7632-f5c8-4e63-8de8-17a55c5913bd gStandaloneMmPkgTokenSpaceGuid
                    19618bce-55ae-09c6-37e9-4ce04084c7a1 httpDynamicCommand
                    19cb87ab-2cb9-4665-8360-ddcf6054f79d gEfiPciHotPlugRequestProtocolGuid
                    19df145a-b1d4-453f-8507-38816676d7f6 AtaBusDxe
                    1a1241e6-8f19-41a9-bc0e-e8ef39e06546 gEfiHiiImageExProtocolGuid
                    1a1e4886-9517-440e-9fde-3be44cee2136 CpuDxe
                    1a36e4e7-fab6-476a-8e75-695a0576fdd7 gEfiPeiDecompressPpiGuid
                    1a7e4468-2f55-4a56-903c-01265eb7622b TcpDxe
                    1aced566-76ed-4218-bc81-767f1f977a89 gEfiNetworkInterfaceIdentifierProtocolGuid_31
                    1af7e6c4-7678-4a6d-9240-e8ba17c3b772 SolStatus
                    1b0fb9bf-699d-4fdd-a7c3-2546681bf63b gEfiWiFi2ProtocolGuid
                    1b1183fa-1823-46a7-8872-9c578755409d gEfiMmPowerButtonDispatchProtocolGuid
                    1b290126-5760-424e-8aa2-3faf4d0d7978 EmuGopDxe
                    1b45cc0a-156a-428a-af62-49864da0e6e6 gPeiAprioriFileNameGuid
                    1ba0062e-c779-4582-8566-336ae8f78f09 gEfiFirmwareVolumeTopFileGuid
                    1bb737ef-427a-4144-8b3b-b76ef38515e6 SdMmcPciHcPei
                    1be840de-2d92-41ec-b6d3-1964135051fb gEdkiiMemoryAttributePpiGuid
                    1c0c34f6-d380-41fa-a049-8ad06c1a66aa gEfiEdidDiscoveredProtocolGuid
                    1c178237-6897-459e-9d36-67ce8ef94f76 gEfiKmsFormatMd5sha128Guid
                    1c8b7f78-1699-40e6-af33-9b995d16b043 PiSmmCommunicationPei
                    1cf3f8b3-c5b1-49a2-aa59-5eef92ffa63c gEfiIa32X64ErrorTypeBusCheckGuid
                    1d202cab-c8ab-4d5c-94f7-3cfcc0d3d335 gEfiSmmCpuServiceProtocolGuid
                    1d3de7f0-0807-424f-aa69-11a54e19a46f gEfiAtaPassThruProtocolGuid
                    1d3e9cb8-43af-490b-830a-3516aa532047 gEdkiiFaultTolerantWriteGuid
                    1da97072-bddc-4b30-99f1-72a0b56fff2a gEfiMonotonicCounterArchProtocolGuid
                    1db29ae0-9dcb-43bc-8d87-5da14964dde2 gEfiUserInfoAccessSetupNormalGuid
                    1dd1d619-f9b8-463e-8681-d1dc7c07b72c gEdkiiNonDiscoverableSdhciDeviceGuid
                    1e2ed096-30e2-4254-bd89-863bbef82325 gEfiTcg2FinalEventsTableGuid
                    1e2f6b56-4675-446b-9c0a-1eb66e50c840 IpmiSmbiosTransfer
                    1e5668e2-8481-11d4-bcf1-0080c73c8881 gEfiVariableArchProtocolGuid
                    1e93e633-d65a-459e-ab84-93d9ec266d18 gEfiTapeIoProtocolGuid
                    1ea81bec-f01a-4d98-a201-4a61ce2fc022 gPerformanceExProtocolGuid
                    1f2ccb4f-d817-404e-98e7-80e4851fb33e GdbStub
                    1f4c6f90-b06b-48d8-a201-bae5f1cd7d56 gEfiPeiStallPpiGuid
                    1f73b18d-4630-43c1-a1de-6f80855d7da4 gEdkiiFormBrowserExProtocolGuid
                    1f91b73e-5b6a-4317-80e8-e7c36a3c7af4 TestBaseSafeIntLibUefiShell
                    1fa1f39e-feff-4aae-bd7b-38a070a3b609 PartitionDxe
                    1fa4dafe-fa5d-4d75-bea6-5863862c520a TcgConfigDxe
                    1fbd2960-4130-41e5-94ac-d2cf037fb37c gEfiAdapterInfoNetworkBootGuid
                    """;
        }
    }

    static final class Digit2 {
        private Digit2() {}

        static String lines() {
            return """
                    202a2922-8c27-4943-9855-26180bf9f113 VariableInfo
                    20830080-cc28-4169-9836-7f42b8d0c8c9 GraphicsOutputDxe
                    20f8fd36-6d00-40fb-b704-d12c153c62eb gCcEventEntryHobGuid
                    2119bbd7-9432-4f47-b5e2-5c4ea31b6bdc PayloadEntry
                    21429b90-5f67-4e93-af55-1d314d646e12 MemoryProfileInfo
                    2145f72f-e6f1-4440-a828-59dc9aab5f89 EmmcDxe
                    215fdd18-bd50-4feb-890b-58ca0b4739e9 gEfiSioProtocolGuid
                    21686148-6449-6e6f-744e-656564454649 GPT: BIOS boot
                    21c3b115-4e0b-470c-85c7-e105a575c97b gEdkiiEmbeddedGpioPpiGuid
                    220e73b6-6bdb-4413-8405-b974b108619a gEfiFirmwareVolume2ProtocolGuid
                    222c386d-5abc-4fb4-b124-fbb82488acf4 PlatformPei
                    22597239-6107-df44-ad3f-5f053e92222e EmuSnpDxe
                    226a500a-e14f-414a-a956-40e5762d3d1e PrmLoaderDxe
                    228f344d-b3de-43bb-a4d7-ea200b1b1482 gEfiSmMonitorInitProtocolGuid
                    229832d3-7a30-4b36-b827-f40cb7d45436 gEfiPeiStatusCodePpiGuid
                    229b7efd-da02-46b9-93f4-e20c009f94e9 CpuS3DataDxe
                    22dc2b60-fe40-42ac-b01f-3ab1fad9aad8 EmuVariableFvbRuntimeDxe
                    22ea234f-e72a-11e4-91f9-28d2447c4829 HttpUtilitiesDxe
                    2366c20f-e15a-11e3-8bf1-e4115b28bc50 HttpDxe
                    23a089b3-eed5-4ac5-b2ab-43e3298c2343 VariableSmm
                    23a464ad-cb83-48b8-94ab-1a6fefcfe522 gEfiSioPpiGuid
                    23cace14-eba4-49f6-9681-c697ff0b649e VirtioSerialDxe
                    240612b7-a063-11d4-9a3a-0090273fc14d UsbBusDxe
                    245dca21-fb7b-11d3-8f01-00a0c969723b gEfiPxeBaseCodeCallbackProtocolGuid
                    24a2d66f-eedd-4086-9042-f26e4797ee69 gRootBridgesConnectedEventGroupGuid
                    24c5dc2f-53e2-40ca-9ed6-a5d9a49f463b gEfiHashAlgorithmSha1NoPadGuid
                    24e70042-d5c5-4260-8c39-0ad3aa32e93d gEfiMmEndOfDxeProtocolGuid
                    2509b2f1-a022-4cca-af70-f9d321fb6649 gEdkiiDeviceIdentifierTypePciGuid
                    25462cda-221f-47df-ac1d-259cfaa4e326 gDtPlatformDefaultDtbFileGuid
                    25566b03-b577-4cbf-958c-ed663ea24380 gEfiMmGpiDispatchProtocolGuid
                    25ce038c-5c3a-4a9b-a111-90df5897e058 SpiBusDxe
                    25f200aa-d3cb-470a-bf51-e7d162d22e6f gShellDebug1HiiGuid
                    268f33a9-cccd-48be-8817-86053ac32ed6 gEfiPeiMmAccessPpiGuid
                    26baccb1-6f42-11d4-bce7-0080c73c8881 gEfiCpuArchProtocolGuid
                    26baccb2-6f42-11d4-bce7-0080c73c8881 gEfiMetronomeArchProtocolGuid
                    26baccb3-6f42-11d4-bce7-0080c73c8881 gEfiTimerArchProtocolGuid
                    26cc0fad-beb3-478a-91b2-0c188f726198 gEfiPeiVirtualBlockIo2PpiGuid
                    26dc4851-195f-4ae1-9a19-fbf883bbb35e supermicro
                    26eeb3de-b689-492e-80f0-be8bd7da4ba7 gEfiMmConfigurationProtocolGuid
                    26ef081d-19b0-4c42-a257-a7f59f8bd038 gMmProfileDataHobGuid
                    2700e2f3-19d2-4e2d-9f13-bc891b9fc62c FV: SECFV
                    2755590c-6f3c-42fa-9ea4-a3ba543cda25 gEfiDebugSupportProtocolGuid
                    27a71b1e-73ee-43d6-ace3-521a2dc5d092 gRepublishSecPpiPpiGuid
                    27a72e80-3118-4c0c-8673-aa5b4efa9613 FV: FVMAIN_COMPACT
                    27abf055-b1b8-4c26-8048-748f37baa2df gEfiEventExitBootServicesGuid
                    27cfac87-46cc-11d4-9a38-0090273fc14d gEfiRealTimeClockArchProtocolGuid
                    27cfac88-46cc-11d4-9a38-0090273fc14d gEfiResetArchProtocolGuid
                    286bf25a-c2c3-408c-b3b4-25e6758b7317 gEfiTpmDeviceInstanceTpm20DtpmGuid
                    2890b3ea-053d-1643-ad0c-d64808da3ff1 gHardwareInterruptProtocolGuid
                    28a03ff4-12b3-4305-a417-bb1a4f94081e RamDiskDxe
                    28a76fe5-43d7-48a3-9714-c1b7bdd6dfb6 RedfishDiscoverDxe
                    296eb418-c4c8-4e05-ab59-39e8af56f00a gEdkiiSmmExitBootServicesProtocolGuid
                    29cbb005-c972-49f3-960f-292e2202cecd FspNotifyPhasePeim
                    29e54f5e-365a-4235-ba62-c832d7660852 CxlDxe
                    2a3cfebd-27e8-4d0a-8b79-d688c2a3e1c0 gEfiSmmLockBoxCommunicationGuid
                    2a46715f-3581-4a55-8e73-2b769aaa30c5 gRamDiskFormSetGuid
                    2a4d1adf-21dc-4b81-a42f-8b8ee2380060 gEfiSmartCardReaderProtocolGuid
                    2a534210-9280-41d8-ae79-cada01a2b127 gEfiDriverHealthProtocolGuid
                    2a571201-4966-47f6-8b86-f31e41f32f10 gEfiEventLegacyBootGuid
                    2a72d11e-7376-40f6-9c68-23fa2fe363f1 gEfiEbcSimpleDebuggerProtocolGuid
                    2a88a00e-e267-c8bf-0e80-ae1bd504ed90 FV: FvMain
                    2ab86ef5-ecb5-4134-b556-3854ca1fe1b4 gEfiPeiReadOnlyVariable2PpiGuid
                    2ad0fc59-2314-4bf3-8633-13fa22a624a0 PlatformPei
                    2ae9d80f-3fb2-4095-b7b1-e93157b946b6 gEfiHashAlgorithmSha1Guid
                    2b2f68d6-0cd2-44cf-8e8b-bba20b1b5b75 gEfiUsbIoProtocolGuid
                    2b3db5dd-b315-4961-8454-0aff3c811b19 MptScsiDxe
                    2b7a240d-d5ad-4fd6-be1c-dfa4415f5526 gDtPlatformFormSetGuid
                    2b9ffb52-1b13-416f-a87b-bc930def92a8 gTcgEventEntryHobGuid
                    2be1e4a6-6505-43b3-9ffc-a3c8330e0432 TcgPei
                    2c03c536-4594-4515-9e7a-d3d204fe1363 gEfiFileExplorerProtocolGuid
                    2c2275c9-3a7b-426f-be54-2d22bd9d1092 gEdkiiCryptoProtocolGuid
                    2c7357ed-ebd2-46d9-aec1-23d437ec2bf5 GPT: Linux root-verity x86-64
                    2c8759d5-5c2d-66ef-925f-b66c101957e2 gEfiIp6ProtocolGuid
                    2ca88b53-d296-4080-a4a5-cad9bae24b09 gLoadFixedAddressConfigurationTableGuid
                    2d2358b4-e96c-484d-b2dd-7c2edfc7d56f gConsolePrefFormSetGuid
                    2d2e62aa-9ecf-43b7-8219-94e7fc713dfe UsbMouseDxe
                    2d2e62cf-9ecf-43b7-8219-94e7fc713dfe UsbKbDxe
                    2d4aac1b-91a5-4cd5-9b5c-b40f5d2851a1 gSpiFlashInfoGuid
                    2d59f041-53a4-40d0-a6cd-844dc0dfef17 SmmS3SaveState
                    2d6f6bcc-9681-8e42-8579-b57dcd0060f0 AutoScanPei
                    2dce8bb1-bdd7-450e-b9ad-9cf4ebd4f890 gEfiEventNotificationTypeCmcGuid
                    2df6ba0b-7092-440d-bd04-fb091ec3f3c1 gEdkiiPlatformSpecificResetHandlerProtocolGuid
                    2e3d2e75-9b2e-412d-b4b1-70416b8700ff gRecoveryOnFatFloppyDiskGuid
                    2e501046-26ae-406b-9935-084b61a12e15 MemDebugLogPei
                    2e7db7a7-608e-4041-b45f-00359e0766c6 FvbServicesSmm
                    2e8c07af-fac7-44f3-9108-7f548d347ee1 SampleUnitTestDxeGenerateException
                    2ea77912-80a8-4947-be69-cdd00afbe556 gEdkiiNonDiscoverableUfsDeviceGuid
                    2ec9da37-ee35-4de9-86c5-6d9a81dc38a7 AmdSevDxe
                    2f240e12-e14d-475c-83b0-efff22d77be7 gEfiKmsFormatSha512512Guid
                    2f2a1907-b1b4-4e33-8b83-62a60ab4f0d4 TestBaseSafeIntLibSmm
                    2f30da26-f51b-4b6f-85c4-31873c281bca LinuxInitrdDynamicShellCommand
                    2f3962b2-57c5-44ec-9efc-a69fd302032b gTopOfTemporaryRamPpiGuid
                    2f62a818-4a72-cd40-90b9-ff00daabee7b EmuThunk
                    2f707ebb-4a1a-11d4-9a38-0090273fc14d gEfiPciRootBridgeIoProtocolGuid
                    2f87ba6a-5c04-4385-a780-f3bf78a97bec gEfiBlockIoCryptoAlgoAesXtsGuid
                    2fa2a6da-11d5-4dc3-999a-749648b03c56 PiSmmIpl
                    2fb92efa-2ee0-4bae-9eb6-7464125e1ef7 UhciDxe
                    2fd8b7ad-f8fa-4021-9fc0-0aa572147cdc CpuPei
                    2fe800be-8f01-4aa6-946b-d71388e1833f gEfiMtftp4ServiceBindingProtocolGuid
                    2ff29fa7-5e80-4ed9-b380-017d3c554ff4 gEfiMmRscHandlerProtocolGuid
                    """;
        }
    }

    static final class Digit3 {
        private Digit3() {}

        static String lines() {
            return """
                    30346b14-1580-4781-879d-ba0c55ae9bb2 PvScsiDxe
                    3079818c-46d4-4a73-aef3-e3e46cf1eedb gEfiBootScriptExecutorVariableGuid
                    309de7f1-7f5e-4ace-b49c-531be5aa95ef gEfiGenericMemTestProtocolGuid
                    309f2874-ad59-4fd2-af5e-ce0f4ab401a6 gGblEfiBootMemoryProtocolGuid
                    30cfe3e7-3de1-4586-be20-deaba1b3b793 gEfiPciEnumerationCompleteProtocolGuid
                    30fd316a-6728-2e41-a690-0d1333d8cac1 gEmuGraphicsWindowProtocolGuid
                    310e9b8c-cf90-421e-8e9b-9eefb617c8ef gS3StorageDeviceInitListGuid
                    3152bca5-eade-433d-862e-c01cdc291f44 gEfiRngProtocolGuid
                    31878c87-0b75-11d5-9a4f-0090273fc14d gEfiSimplePointerProtocolGuid
                    31a6406a-6bdf-4e46-b2a2-ebaa89c40920 gEfiHiiImageProtocolGuid
                    31ada2b2-62ea-4866-9b87-03fea8425974 DumpDynPcd
                    31ca5d1a-d511-4931-b782-ae6b2b178cd7 gEfiIfrFrameworkGuid
                    31e147a6-d39a-4147-9da3-befd4d523243 CdExpressPei
                    320afe62-e593-49cb-a9f1-d4c2f4af014c gEfiS3SmmSaveStateProtocolGuid
                    3242a9d8-ce70-4aa0-955d-5e7b140de4d2 gEfiMmCpuIoProtocolGuid
                    326ae723-ae32-4589-98b8-cac23cdcc1b1 gPcAtChipsetPkgTokenSpaceGuid
                    32898322-2da1-474a-baaa-f3f7cf569470 gHardwareInterrupt2ProtocolGuid
                    32cba21f-f308-4cbc-9ab5-f5a3699f044a gEfiUserCredentialClassFingerprintGuid
                    32d2963a-fe5d-4f30-b633-6e5dc55803cc gEfiUsbFunctionIoProtocolGuid
                    330d4706-f2a0-4e4f-a369-b66fa8d54385 gEfiHiiConfigAccessProtocolGuid
                    335984bd-e805-409a-b8f8-d27ece5ff7a6 gEfiStatusCodeSpecificDataGuid
                    337f4407-5aee-4b83-b2a7-4eadca3088cd gEfiHiiUserCredentialFormsetGuid
                    338695ea-ca84-4fa2-9da8-5c4bb87905c6 XenioFdtDxe
                    33fb3535-f15e-4c17-b303-5eb94595ecb6 SmmLockBox
                    345ecc0e-0cb6-4b75-bb57-1b129c47333e gEfiPlatformToDriverConfigurationClpGuid
                    348c4d62-bfbd-4882-9ece-c80bb1c4783b HiiDatabase
                    34c8c28f-b61c-45a2-8f2e-89e46becc63b PeiVariable
                    35034ce2-a6e5-4fb4-babe-a0156e9b2549 PlatDriOverrideDxe
                    35b72237-3926-cf4a-a7f3-1449f9e0e4bd EmuSimpleFileSystem
                    35c84ff2-7bfe-453d-845f-683a492cf7b7 gOvmfTpmMmioAccessiblePpiGuid
                    35de0b4e-30fb-46c3-bd84-1fdba158bb56 gEdkiiPeiStorageSecurityCommandPpiGuid
                    35e7a725-8dd2-4cac-8011-33cda8109056 gEfiJsonCapsuleDataTableGuid
                    360c4a06-146c-11f0-b173-6bd598ff54d6 gEdkiiTpmEventLogDescHobGuid
                    36122546-f7e7-4c8f-bd9b-eb8525b50c0b gEfiConfProfilesTableGuid
                    3629ddb1-228c-452e-b616-09ed316a9700 gEfiPaddingNoneGuid
                    36aca47c-cc80-473b-abec-f398ff87745b gManageabilityProtocolIpmiGuid
                    36c513ee-a338-4976-a0fb-6ddba3dafe87 gDefaultdbtFileGuid
                    37499a9d-542f-4c89-a026-35da142094e4 UART flow control
                    378d7b65-8da9-4773-b6e4-a47826a833e1 PcRtc
                    378daedc-f06b-4446-8314-40ab933c87a3 gEfiMmCommunication2ProtocolGuid
                    37e0e3a9-b3fc-4e85-972b-4082fc794054 gUplPciSegmentInfoHobGuid
                    384d1860-7306-11f0-b8b4-f53a5cb787ac SecureBootDefaultKeysInit
                    3868fc3b-7e45-43a7-906c-4ba47de1754d gEfiSmmFaultTolerantWriteProtocolGuid
                    387477c1-69c7-11d2-8e39-00a0c969723b gEfiSimpleTextInProtocolGuid
                    387477c2-69c7-11d2-8e39-00a0c969723b gEfiSimpleTextOutProtocolGuid
                    388021a7-fb59-4811-9da7-d5637d04a72f gManageabilityTransportPciVdmGuid
                    388278d3-7b85-42f0-aba9-fb4bfd69f5ab gEfiBluetoothIoServiceBindingProtocolGuid
                    389b16db-f622-424c-9000-9e43c69cbf71 SampleUnitTestSmm
                    38c74800-5590-4db4-a0f3-675d9b8e8026 gEdkiiMemoryAcceptProtocolGuid
                    390f84b3-221c-4d9e-b506-6db9423e0a7e gShellHttpHiiGuid
                    39136fc7-1a11-49de-bf35-0e78ddb524fc gEfiLegacySpiControllerProtocolGuid
                    391b853f-f488-479b-a3d6-870766c7a38f CryptoSmm
                    3958090d-69dd-4868-9c41-c9ac31b525c5 gManageabilityProtocolPldmGuid
                    3979411a-4e6d-47e4-944b-0ecc6cf6c0cd gEdkiiTcgPhysicalPresenceInterfaceVerHobGuid
                    399a2b8a-c267-44aa-9ab4-30588cd22dcc gEdkiiWiFiProfileSyncProtocolGuid
                    39a96cf7-f369-4357-9234-4b52f98a007f CpuExceptionHandlerPeiTest
                    39b68c46-f7fb-441b-b6ec-16b0f69821f3 gEfiCapsuleReportGuid
                    39f62cce-6825-4669-bb56-541aba753a07 gEfiGraphicsInfoHobGuid
                    3a2a00ad-98b9-4cdf-a478-702777f1c10b gEfiEventAfterReadyToBootGuid
                    3a4d7a7c-018a-4b42-81b3-dc10e3b591bd gUsbKeyboardLayoutKeyGuid
                    3a738b36-b9c5-4763-abbd-6cbd4b25f9ff AndroidBootApp
                    3aade4ec-63cc-4a48-a928-5a374dd463eb FaultTolerantWriteStandaloneMm
                    3ab14680-5d3f-4a4d-bcdc-cc380018c7f7 gEfiDiskInfoNvmeInterfaceGuid
                    3aceb0c0-3c72-11e4-9a56-74d435052646 TlsDxe
                    3acf33ee-d892-40f4-a2fc-3854d2e1323d gEfiPeiCapsulePpiGuid
                    3ad9df29-4501-478d-b1f8-7f7fe70e50f3 gEfiUdp4ProtocolGuid
                    3b053091-6c9f-04cc-b1ac-e2a51e3be5f5 asus
                    3b1e4b7c-09d8-944f-a408-1309eb8b4427 gEmuThreadThunkProtocolGuid
                    3b387bfd-7abc-4cf2-a0ca-b6a16c1b1b25 gEdkiiFpdtExtendedFirmwarePerformanceGuid
                    3b8c8162-188c-46a4-aec9-be43f1d65697 gWindowsUxCapsuleGuid
                    3b8f8425-20e0-4f3b-907f-1a25a76f98e8 GPT: Linux srv
                    3b95aa31-3793-434b-8667-c8070892e05e ipv4cfg
                    3bc1b285-8a15-4a82-aabf-4d7d13fb3265 gEfiBusSpecificDriverOverrideProtocolGuid
                    3bc1f6de-693e-4547-a300-21823ca420b2 gPeiUsbControllerPpiGuid
                    3bd2a492-96c0-4079-b420-fcf98ef103ed gEfiCertX509Sha256Guid
                    3bd2f4ec-e524-46e4-a9d8-510117425562 gEfiHiiStandardFormGuid
                    3c5766e8-269c-4e34-aa14-ed776e85b3b6 gEfiCertRsa2048Guid
                    3c7200e9-005f-4ea4-87de-a3dfac8a27c3 gEfiShellDynamicCommandProtocolGuid
                    3c7d193c-682c-4c14-a68f-552dea4f437e gPcdDataBaseSignatureGuid
                    3c80d366-510c-4154-bb3a-e12439ad337c ConfigurationManagerDxe
                    3c8d294c-5fc3-4451-bb31-c4c032295e6c gIdleLoopEventGuid
                    3cc24e96-22c7-41d8-8863-8e39dcdcc2cf lenovo
                    3cc47b04-0d3e-aa64-06a6-4bdc9a2c6119 gQemuFirmwareResourceHobGuid
                    3ccd3dd8-8d45-4fed-962d-2b38cd82b3c4 gUserIdentifyManagerGuid
                    3cd652b4-6d33-4dce-89db-83df9766fcca gEfiVectorHandoffInfoPpiGuid
                    3ce1e631-7008-477c-ada7-5dcfc7c1494b gEdkiiPeiFirmwareVolumeInfoPrehashedFvPpiGuid
                    3cf5cb69-c439-4b84-af11-8167b22d7221 FV: NETWORKFV
                    3d18ba13-d9b1-4dd4-b916-d30796539ed8 gEdkiiUfsHcPlatformProtocolGuid
                    3d3ca290-b9a5-11e3-b75d-b8ac6f7d65e6 gXenBusProtocolGuid
                    3d532050-5cda-4fd0-879e-0f7f630d5afb gBrotliCustomDecompressGuid
                    3d5abd30-4175-87ce-6d64-d2ade523c4bb EFI_VIRTUAL_CD
                    3d61a466-ab40-409a-a698-f362d464b38f gEfiEventNotificationTypeBootGuid
                    3dd177ff-b632-4e25-bef3-065063d55fc4 gEfiIgvmDataHobGuid
                    3dddfaa6-361b-4eb4-a424-8d10089d1653 gEfiPhysicalPresenceAcpiGuid
                    3e197e9c-d8dc-42d3-89ce-b04fa9833756 RegularExpressionDxe
                    3e35c163-4074-45dd-431e-23989dd86b32 gEfiHttpUtilitiesProtocolGuid
                    3e591c00-9e4a-11df-9244-0002a5d5c51b gEmbeddedMmcHostProtocolGuid
                    3e745226-9818-45b6-a2ac-d7cd0e8ba2bc gEfiUsb2HcProtocolGuid
                    3ebd9e82-2c78-4de6-9786-8d4bfcb7c881 gEfiFaultTolerantWriteProtocolGuid
                    3ebdaf20-6667-40d8-b4ee-f5999ac1b71f gEfiSecHobDataPpiGuid
                    3f7e615b-0d45-4f80-88dc-26b234958560 lenovo_diag
                    3fa4f847-d8eb-4df4-bd49-103a0a847bbc gEfiKmsFormatMdc4128Guid
                    3fb208ac-2185-498c-bf46-dc23da587b55 gEmuRedfishServiceGuid
                    3fdda605-a76e-4f46-ad29-12f4531b3d08 gEfiMpServiceProtocolGuid
                    """;
        }
    }

    static final class Digit4 {
        private Digit4() {}

        static String lines() {
            return """
                    4006c0c1-fcb3-403e-996d-4a6c8724e06d gEfiLoadFile2ProtocolGuid
                    40093f23-630c-4626-9c48-40373b19cbbe gEfiKmsFormatGeneric2048Guid
                    40435d97-eb37-4a4b-7fad-b7ed72a143c5 gRtcRegisterBaseAddressHobGuid
                    405da936-3737-4c0c-8e3f-e6172a568592 FileExplorerDxe
                    408edcec-cf6d-477c-a5a8-b4844e3de281 ConSplitterDxe
                    40b2d964-fe11-40dc-8283-2efbda295356 gFmpDevicePkgTokenSpaceGuid
                    40e064b2-0ae0-48b1-a07d-f8cf1e1a2310 gEfiNetworkPkgTokenSpaceGuid
                    41092b05-9fc8-4523-994f-2def0408b176 GPT: Linux root-verity-sig x86-64
                    4110465d-5ff3-4f4b-b580-24ed0d06747a SmbiosPlatformDxe
                    414e6bdd-e47b-47cc-b244-bb61020cf516 gEfiHardwareErrorVariableGuid
                    417a7f64-f4e9-4b32-846a-5cc4d8621879 gMpInformation2HobGuid
                    41d94cd2-35b6-455a-8258-d4e51334aadd gEfiIp4ProtocolGuid
                    42293093-76b9-4482-8c02-3befdea9b35d TcgSmm
                    42857f0a-13f2-4b21-8a23-53d3f714b840 CapsuleRuntimeDxe
                    42881c98-a4f3-44b0-a39d-dfa18667d8cd gEfiHashServiceBindingProtocolGuid
                    430ac2f7-eec6-4093-94f7-9f825a7c1c40 SdDxe
                    430f6965-9a69-41c5-93ed-8bf06435c1c6 gEdkiiPeiShadowMicrocodePpiGuid
                    4311edc0-6054-46d4-9e40-893ea952fccc gEfiHiiPopupProtocolGuid
                    4344558d-4ef9-4725-b1e4-3376e8d6974f gShellLevel3HiiGuid
                    43be0b44-874b-4ead-b09c-241a4fbd7eb3 gEfiKmsFormatGeneric1024Guid
                    43ca74ca-7d29-49a0-b3b9-20f84015b27d SecCoreNative
                    43d2fde3-9d4e-4d79-0296-a89bca780841 gEfiRngAlgorithmArmRndr
                    44479540-f297-41b2-9af7-d131d5f0458a GPT: Linux root x86
                    446dbf63-2502-4cda-bcfa-2465d2b0fe9d gEfiCertX509Sha512Guid
                    44a20657-10b8-4049-a148-acd8812af257 Tcg2Smm
                    44a2ad5d-612c-47b3-b06e-c8f50bfbf07d gOpalExtraInfoVariableGuid
                    44f0de6e-4d8c-4045-a8c7-4dd168856b9e gEfiRngAlgorithmSp80090Ctr256Guid
                    45260dde-0c3c-4b41-a226-ef3803fac7d4 SecretPei
                    452e8ced-dfff-4b8c-ae01-5118862e682c external_management
                    453368f6-7c85-434a-a98a-72d1b7ffa926 gEmuIoThunkProtocolGuid
                    453c5e5a-482d-43f0-87c9-5941f3a38ac2 gEfiKmsFormatSha1160Guid
                    4551b023-ba46-4584-81cd-4de861a728be gEdkiiTpmInstanceHobGuid
                    456bbe01-99d0-45ea-bb5f-16d84bedc559 gEfiRestExServiceBindingProtocolGuid
                    456d2859-a84b-4e47-a2ee-3276d886997d gEfiMmSxDispatchProtocolGuid
                    458ce95a-4942-09a9-5d21-a6b16d5dad7f RedfishCredentialDxe
                    45bcd98e-59ad-4174-9546-344a07485898 gEfiSupplicantServiceBindingProtocolGuid
                    45e4546d-26ea-449d-a4a6-cb5a54e3037c gArmCcaIsRealmGuid
                    462caa21-7614-4503-836e-8ab6f4662331 gUiAppFileGuid
                    46361b5b-af17-41ff-95f9-e1bce08435b9 AcpiViewApp
                    467313de-4e30-43f1-943e-323f89845db5 gEfiBluetoothIoProtocolGuid
                    46ddb415-5244-49c7-9374-f0e298e7d386 gEdkiiHttpTlsCipherListGuid
                    46e44855-bd60-4ab7-ab0d-a679b9447d77 gEfiTcp6ProtocolGuid
                    46f56acc-600b-450f-a59c-3a1a4ad4353e gPrmPkgTokenSpaceGuid
                    470cb248-e8ac-473c-bb4f-81069a1fe6fd SmmFaultTolerantWriteDxe
                    4754469d-6528-4dfc-84aa-8c8a03a2158b gNVMeEnableStartEventGroupGuid
                    47579cf5-1e4f-4b41-99bb-a5c334846d3b SmmAccessDxe
                    47727552-a54b-4a84-8cc1-bff23e239636 Tcg2PlatformPei
                    4776e33f-db47-479a-a25f-a1cd0afab38b gEfiKmsFormatAesxts128Guid
                    47889fb2-d671-4fab-a0ca-df0e44df70d6 gEfiPkcs7VerifyProtocolGuid
                    47a00618-237a-4386-8fc5-2a86d8ac4105 gMmCoreFvLocationPpiGuid
                    47b7fa8c-f4bd-4af6-8200-333086f0d2c8 gEfiMmReadyToLockProtocolGuid
                    47c7b221-c42a-11d2-8e57-00a0c969723b gEfiShellEnvironment2Guid
                    47c7b223-c42a-11d2-8e57-00a0c969723b gEfiShellInterfaceGuid
                    480f8ae9-0c46-4aa9-bc89-db9fba619806 gEfiDpcProtocolGuid
                    4866788f-6ba8-47d8-8306-acf77f551046 gFspNonVolatileStorageHob2Guid
                    487784c5-6299-4ba6-b096-5cc5277cf757 gEdkiiCapsuleUpdatePolicyProtocolGuid
                    48ab7f57-dc34-4f6c-a7d3-b0b5b0a74314 gEfiIa32X64ErrorTypeMsCheckGuid
                    48db5e17-707c-472d-91cd-1613e7ef51b0 FV: FVMAIN_COMPACT
                    48ecb431-fb72-45c0-a922-f458fe040bd5 gEfiEdidOverrideProtocolGuid
                    490e9d85-8aef-4193-8e56-f734a9ffac8b gPeiSerialPortPpiGuid
                    49152e77-1ada-4764-b7a2-7afefed95e8b gEfiDebugImageInfoTableGuid
                    49174342-7108-409b-8bbe-65fda85389f5 gSmiHandlerProfileGuid
                    49ea041e-6752-42ca-b0b1-7344fe2546b7 ArmTimerDxe
                    49edb1c1-bf21-4761-bb12-eb0031aabb39 gEfiPeiFirmwareVolumeInfoPpiGuid
                    4a67b082-0a4c-41cf-b6c7-440b29bb8c4f systemd loader variables
                    4aafd29d-68df-49ee-8aa9-347d375665a7 gEfiCertPkcs7Guid
                    4ae7e1e8-9dfe-4e3e-85b4-a5f6abd470fb Cpuid
                    4b28e4c7-ff36-4e10-93cf-a82159e777c5 ResetSystemRuntimeDxe
                    4b3029cc-6b98-47fb-bc96-76dcb80441f0 gEfiDiskInfoUfsInterfaceGuid
                    4b47d616-a8d6-4552-9d44-ccad2e0f4cf9 gIScsiConfigGuid
                    4b5dc1df-1eaa-48b2-a7e9-eac489a00b5c gEdkiiBootLogo2ProtocolGuid
                    4b733449-8eff-488c-921a-154ada251807 gEfiDelayedDispatchTableGuid
                    4bd56be3-4975-4d8a-a0ad-c491204b5d4d gEfiAdapterInfoUndiIpv6SupportGuid
                    4c0e81e5-e8e3-4eef-b24b-19b686e9ab53 PlatformPei
                    4c19049f-4137-4dd3-9c10-8b97a83ffdfa gEfiMemoryTypeInformationGuid
                    4c2eb361-7d9b-4cc3-8081-127c90d3d294 SEV secret block
                    4c6e0267-c77d-410d-8100-1495911a989d MetronomeDxe
                    4c8a2451-c207-405b-9694-99ea13251341 gEfiDebugMaskProtocolGuid
                    4c97830a-8e18-4aa6-9fd0-837b089910e2 Sec
                    4cec368e-8e8e-4d71-8be1-958c45fc8a53 gEfiMmPeriodicTimerDispatchProtocolGuid
                    4cee6399-a22c-4ffd-b148-3a56b1dd83f1 MpProtocolUnitTest
                    4cef31da-8682-4274-9cc4-aee7516a5e7b CapsuleApp
                    4cf5b200-68b8-4ca5-9eec-b23e3f50029a gEfiPciIoProtocolGuid
                    4d20583a-7765-4e7a-8a67-dcde74ee3ec5 gHttpBootConfigGuid
                    4d21b016-b534-45c2-a9fb-5c16e091fd2d GPT: Linux var
                    4d2d8743-6337-4c3f-a1d9-7cc7efd283db FV: FvMain
                    4d2e57ee-0e3f-44dd-93c4-d3b57e96945d CpuS3DataDxe
                    4d330321-025f-4aac-90d8-5ed900173b63 gEfiDriverDiagnostics2ProtocolGuid
                    4d8b155b-c059-4c8f-8926-06fd4331db8a gGetPcdInfoPpiGuid
                    4d94a7c7-4ce4-4a84-88c1-330cd4a34767 gEdkIIRedfishPlatformConfigProtocolGuid
                    4d9cbef0-15a0-4d0c-83db-5213e710c23f Tcg2ConfigDxe
                    4df19259-dc71-4d46-bef1-357bb578c418 gEfiPs2PolicyProtocolGuid
                    4e1356c2-0eed-463f-8147-9933abdbc7d5 gEfiKmsFormatRsasha2563072Guid
                    4e28ca50-d582-44ac-a11f-e3d56526db34 gEdkiiPiSmmCommunicationRegionTableGuid
                    4e292f96-d843-4a55-a8c2-d481f27ebeee gEfiEventNotificationTypeCpeGuid
                    4e32566d-8e9e-4f52-81d3-5bb9715f9727 gOvmfPkKek1AppPrefixGuid
                    4e35fd93-9c72-4c15-8c4b-e77f1db2d793 FILE:PLDFV:FV_IMAGE
                    4e5b4fea-936a-45bc-ac6a-2f8f14a6c29e gPrmConfigProtocolGuid
                    4e939de9-d948-4b0f-88ed-e6e1ce517c1e gEdkiiIoMmuProtocolGuid
                    4ea43463-747c-46eb-97fb-b0e5c5f05306 UsbMouseAbsolutePointerDxe
                    4eb6e09c-d256-4e1e-b50a-874bd284b3de gFspSiliconInitDonePpiGuid
                    4ed4bf27-4092-42e9-807d-527b1d00c9bd gEfiHobMemoryAllocStackGuid
                    4f1f379f-2a62-48bb-ac34-d3f135c6e2b7 PcatSingleSegmentPciCfg2Pei
                    4f4ef7f0-aa29-4ce9-ba41-643e0123a99f gHiiResourceSamleFormSetGuid
                    4f68bce3-e8cd-4db1-96e7-fbcaf984b709 GPT: Linux root x86-64
                    4f6c5507-232f-4787-b95e-72f862490cb1 gEventExitBootServicesFailedGuid
                    4f792e68-e8c8-794e-b1d8-3703f3f2d5a5 gEmulatorPkgTokenSpaceGuid
                    4f948815-b4b9-43cb-8a33-90e060b34955 gEfiUdp6ProtocolGuid
                    4fdbccb7-e829-4b4c-8887-b23fd7254b85 gEfiRedfishPkgTokenSpaceGuid
                    4fe772e8-fe3e-4086-b638-8c493c490488 PhysicalPresencePei
                    """;
        }
    }

    static final class Digit5 {
        private Digit5() {}

        static String lines() {
            return """
                    504eccb9-1bf0-4420-865d-dc6606d413bf gArmVirtSystemMemorySizeGuid
                    5053697e-2cbc-4819-90d9-0580deee5754 gEfiCapsuleArchProtocolGuid
                    50a18017-37ad-8743-bcf2-df1a8ff12fab EmuReset
                    50bea1e5-a2c5-46e9-9b3a-59596516b00a gOvmfVariableGuid
                    51271e13-7de3-43af-8bc2-71ad3b824325 gShellMapGuid
                    5169af60-8c5a-4243-b3e9-56c56d18ee26 gSmmIpmiProtocolGuid
                    51aa59de-fdf2-4ea3-bc63-875fb7842ee9 gEfiHashAlgorithmSha256Guid
                    51ccf399-4fdf-4e55-a45b-e123f84d456a ConPlatformDxe
                    52230d31-6c11-4442-b262-bec6bfe84efa UsbCdcNcm
                    523c91af-a195-4382-818d-295fe4006465 gEfiConfProfilesUefiSpecGuid
                    524685a0-89a0-11e3-9d4d-bfa9f6a40308 gAndroidFastbootPlatformProtocolGuid
                    52888eae-5b10-47d0-a87f-b822aba0caf4 gEfiPeiCoreFvLocationPpiGuid
                    529d3f93-e8e9-4e73-b1e1-bdf6a9d50113 ArpDxe
                    52c05b14-0b98-496c-bc3b-04b50211d680 PeiCore
                    52c78312-8edc-4233-98f2-1a1aa5e388a5 gEfiNvmExpressPassThruProtocolGuid
                    52ce9845-5af4-43e2-bafd-230812547ac2 gPlatformGpioProtocolGuid
                    52fe8196-f9de-4d07-b22f-51f77a0e7c41 LocalApicTimerDxe
                    5319346b-66ad-433a-9a91-f7fc286bc9a1 MemoryAttributeManagerDxe
                    53ab1acd-edb1-4e3a-a2c7-978d721d179d FspSecCoreS
                    53cd299f-2bc1-40c0-8c07-23f64fdb30e0 gEdkiiPlatformLogoProtocolGuid
                    5473c07a-3dcb-4dca-bd6f-1e9689e7349a gEfiFirmwareFileSystem3Guid
                    54fcc43e-aa89-4333-9a85-cdea24051e9e gEfiSupplicantProtocolGuid
                    55555555-5555-5555-5555-555555555555 fives
                    55648b91-0e7d-40a3-a9b3-a815d7eadf97 gEfiRestExProtocolGuid
                    5568e427-68fc-4f3d-ac74-ca555231cc68 LINUX_EFI_INITRD_MEDIA_GUID
                    557423a1-63ab-406c-be7e-91cdbc08c457 gQemuRamfbGuid
                    558782b5-782d-415e-ab9e-0ceb79dc3425 FspSecCoreI
                    55ac82c8-fc17-4c56-bcda-990bb0a73e41 FitPayloadLoaderPeim
                    55b1d734-c5e1-49db-9647-b16afb0e305b gEfiHash2ProtocolGuid
                    55b1d734-c5e1-49db-9647-b16afbee305b hash2
                    55b71fb5-17c6-410e-b5bd-5fa2e3d4466b gEfiI2cBusConfigurationManagementProtocolGuid
                    5639867a-8c8e-408d-ac2f-4b61bdc0bbbb gEfiBluetoothAttributeServiceBindingProtocolGuid
                    56417bed-6bbe-4882-86a0-3ae8bb17f8f9 gEfiKmsFormatRsasha11024Guid
                    564b33cd-c92a-4593-90bf-2473e43c6322 gEfiHobMemoryAllocBspStoreGuid
                    565ec8ba-a484-11e3-802b-b8ac6f7d65e6 XenBusDxe
                    56b00fb7-91d2-869b-ce5c-26cd1a89c73c http
                    56ec3091-954c-11d2-8e3f-00a0c969723b gEfiLoadFileProtocolGuid
                    56ed21b6-ba23-429e-8932-376d8e182ee3 gFspPerformanceDataGuid
                    57347f87-7a9b-403a-b93c-dc4afb7a0ebc gEfiCertSm3Guid
                    5740766a-718e-4dc0-9935-c36f7d3f884f gDefaultdbxFileGuid
                    577d959c-e967-4546-8620-c778fae5da05 gEfiDebuggerConfigurationProtocolGuid
                    578a0d17-2dc0-4c7d-a121-d8d771923bb0 StandaloneMmIplPei
                    57a13b87-133d-4bf3-bff1-1bcac7176cf1 gEdkiiTcgPpiGuid
                    57d02d4f-5a5d-4bfa-b7d6-ba0a4d2c72ce SecMain
                    5802bce4-eeee-4e33-a130-ebad27f0e439 gMsegSmramGuid
                    587e72d7-cc50-4f79-8209-ca291fc1a10f gEfiHiiConfigRoutingProtocolGuid
                    58a0f47e-f45f-4d44-895b-2afeb08015e2 gEdkIIRedfishHttpProtocolGuid
                    58af169a-aa3f-462b-b0f1-25fbe6c97978 MctpDxe
                    58b35361-8922-41bc-b313-ef7ed9adfdf7 SecMigrationPei
                    58dc368d-7bfa-4e77-abbc-0e29418df930 gEfiMmIoTrapDispatchProtocolGuid
                    58e26f0d-cbac-4bba-b70f-18221415665a VirtioRngDxe
                    58f7a62b-6280-42a7-bc38-10535a64a92c StandaloneMmCpu
                    58ffb346-1b75-42c7-ad69-37c652423c1a MmCommunicationPei
                    590a0d26-06e5-4d20-8a82-59ea1b34982d gUniversalPayloadSmbiosTableGuid
                    5917ef16-f723-4bb9-a64b-d8c532f4d8b5 gEfiUserCredentialClassHandprintGuid
                    592626da-4a1e-8b39-28ba-fead92c4a0a4 RedfishHostInterfaceDxe
                    59324945-ec44-4c0d-b1cd-9db139df070c gEfiIScsiInitiatorNameProtocolGuid
                    59893180-5a35-46a3-b3d2-fe8ae1d983d4 PlatformPei
                    59d1c24f-50f1-401a-b101-f33e0daed443 gEfiGenericVariableGuid
                    5a6cf42b-8bb4-472c-a233-5c4dc4033dc7 PrmSampleContextBufferModule
                    5a6e64e9-fd47-4086-aab0-7a5fd76b022e gManageabilityTransportKcsGuid
                    5b174658-8263-4cb8-a00f-d682e6bc7493 gManageabilityTransportSmbusI2cGuid
                    5b1b31a1-9562-11d2-8e3f-00a0c969723b gEfiLoadedImageProtocolGuid
                    5b446ed1-e30b-4faa-871a-3654eca36080 gEfiIp4Config2ProtocolGuid
                    5b51fef7-c79d-4434-8f1b-aa62de3e2c64 gEfiDMArGenericErrorSectionGuid
                    5b60ccfd-1011-4bcf-b7d1-bb99ca96a603 FatPei
                    5b6f7107-bb3c-4660-92cd-542690280bbd gBootDiscoveryPolicyMgrFormsetGuid
                    5b94e419-c795-414d-a0d4-b80a877be5fe FspSecCoreT
                    5bad89ff-b7e6-42c9-814a-cf2485d6e98a gEfiEventNotificationTypeNmiGuid
                    5be3bdf4-53cf-46a3-a6a9-73c34a6e5ee3 NvmExpressDxe
                    5be40f57-fa68-4610-bbbf-e9c5fcdad365 gGetPcdInfoProtocolGuid
                    5bedb5cc-d830-4eb2-8742-2d4cc9b54f2c Ip6Dxe
                    5c198761-16a8-4e69-972c-89d67954f81d gEfiDriverSupportedEfiVersionProtocolGuid
                    5c1997d7-8d45-4f21-af3c-2206b8ed8bec PL061GpioDxe
                    5c284c81-b0ae-4e87-a322-b04c85624323 gEfiEventNotificationTypeSeiGuid
                    5cab08d5-ad8f-4d8b-b828-d17a8d9fe977 Tcg2PlatformDxe
                    5cac0099-0dc9-48e5-8068-bb95f5400a9f gRecoveryOnDataCdGuid
                    5cb5c776-60d5-45ee-883c-452708cd743f gEfiLoadPeImageProtocolGuid
                    5cb9cb3d-31a4-480c-9498-29d269bacfba gEdkiiPeiMpServices2PpiGuid
                    5cea02c9-4d07-69d3-269f-4496fbe096f9 EFI_PERSISTENT_VIRTUAL_DISK
                    5cf32e0b-8edf-2e44-9cda-93205e99ec1c gEmuThunkProtocolGuid
                    5cf32e68-7660-449b-80e6-7ea36e03f6a8 gEfiUserCredentialClassUnknownGuid
                    5d11c653-8154-4ac3-a8c2-fba28920fc90 gVariableFlashInfoHobGuid
                    5d19a5b3-130f-459b-a292-9270a9e6bc62 FV: DXEFV
                    5d5450d7-990c-4180-a803-8e63f0608307 gEfiMmMpProtocolGuid
                    5d695e11-9b3f-4b83-b25f-4a8d5d69be07 FILE:DXEFV:DRIVER
                    5d6b38c8-5510-4458-b48d-9581cfa7b00d gEdkiiDeviceSecurityProtocolGuid
                    5d9f96db-e731-4caa-a00d-72e187cd7762 gEfiEapProtocolGuid
                    5daf50a5-ea81-4de2-8f9b-cabda9cf5c14 gSecureBootConfigFormSetGuid
                    5db12509-4550-4347-96b3-73c0ff6e869f gEfiRedfishDiscoverProtocolGuid
                    5dbb52e1-3d78-4c9c-a9d7-a43e79e93ac0 SpiBusSmm
                    5e3848d4-0db5-4fc0-9729-3f353d4f879f gEfiLegacySpiSmmFlashProtocolGuid
                    5e523cb4-d397-4986-87bd-a6dd8b22f455 AtaAtapiPassThruDxe
                    5e93c847-456d-40b3-a6b4-78b0c9cf7f20 gEfiEapManagement2ProtocolGuid
                    5e948fe3-26d3-42b5-af17-610287188dec gEfiDiskInfoIdeInterfaceGuid
                    5eead9a9-fe09-4a1e-a1d7-520d00531306 GPT: Linux root s390x
                    5f03ba33-8c6b-4c24-aa2e-14a2657bd454 gEfiUserCredentialClassSmartCardGuid
                    5f05b20f-4a56-c231-fa0b-a7b1f110041d gEfiRegexSyntaxTypePosixExtendedGuid
                    5f5f605d-1583-4a2d-a6b2-eb12dab4a2b6 gShellBcfgHiiGuid
                    """;
        }
    }

    static final class Digit6 {
        private Digit6() {}

        static String lines() {
            return """
                    605dab50-e046-4300-abb6-3dd810dd8b23 SHIM_LOCK_GUID
                    605ea650-c65c-42e1-ba80-91a52ab618c6 gEfiEndOfPeiSignalPpiGuid
                    60740cf3-d428-4500-80e6-04a5798241ed VirtHstiDxe
                    607f766c-7455-42be-930b-e4d76db2720f gEfiTcg2ProtocolGuid
                    60997616-db70-4b5f-86a4-0958a37147b4 gEdkiiPldmProtocolGuid
                    60d5a7fe-8e7d-435c-b714-3dd8162144e1 GPT: Linux root riscv32
                    60d807e5-10b4-49a9-9331-e40437888d37 gEfiCertX509Sm3Guid
                    60ed6ba9-dfef-4799-ac7b-75e0f833456c gDtFixupProtocolGuid
                    60f343e3-2ae2-4aa7-b01e-bf9bd5c04a3b PchSmiDispatchSmm
                    60ff8964-e906-41d0-afed-f241e974e08e gEfiDxeMmReadyToLockProtocolGuid
                    611114f1-a37b-4468-a436-5bdda16aa240 gEdkiiHttpCallbackProtocolGuid
                    611ea796-8df8-4bb6-91fe-6540ed70dc66 SmiHandlerProfileInfo
                    6141e486-7543-4f1a-a579-ff532ed78e75 ResetSystemPei
                    61c68702-4d7e-4f43-8def-a74305ce74c5 gEfiPeiMmControlPpiGuid
                    61dd33ea-421f-4cc0-8929-ffeea9a1a261 gEdkiiPeiAtaAhciHostControllerPpiGuid
                    61ec04fc-48e6-d813-25c9-8daa44750b12 gEfiPlatformMemory2ErrorSectionGuid
                    62331b78-d8d0-4c8c-8ccb-d27dfe32db9b gEfiLegacySpiSmmControllerProtocolGuid
                    62960cf3-40ff-4263-a77c-dfdebd191b4b gEfiBluetoothConfigProtocolGuid
                    6302d008-7f9b-4f30-87ac-60c9fef5da4e gEfiShellProtocolGuid
                    6339d487-26ba-424b-9a5d-687e25d740bc gTcg2ConfigFormSetGuid
                    6357c804-78bb-4b0c-abdf-c75df942f319 IpmiBlobTransferDxe
                    63c4785a-ca34-4012-a3c8-0b6a324f5546 gEfiRngAlgorithmX9313DesGuid
                    63e3bdcf-2ac7-4ac0-9b92-03a7541422ff Hash2DxeCrypto
                    63e60a51-497d-d427-c4a5-b8abdc3aaeb6 gEfiRegexSyntaxTypePerlGuid
                    63ea1463-fbfa-428a-b97f-e222755852d7 HighMemDxe
                    63eb1b62-10c9-4693-88ac-ae0999ea87f8 CpuFeaturesDxe
                    64074afe-340a-4be6-94ba-91b5b4d0f71e FV: FvMain
                    64196c76-58e3-0b4d-9484-b54f7c4349ca BootModePei
                    642cd590-8059-4c0a-a958-c5ec07d23c4b gEfiPlatformToDriverConfigurationProtocolGuid
                    6441f818-6362-4e44-b570-7dba31dd2453 gEfiVariableWriteArchProtocolGuid
                    6456ed61-3579-41c9-8a26-0a0bd62b78fc gIp4IScsiConfigGuid
                    64d6ca11-6f4c-4b79-b77f-37a281cf0fcc FspiWrapperPeim
                    65530bc7-a359-410f-b010-5aadc7ec2b62 gEfiTcp4ProtocolGuid
                    65e5746e-9c14-467d-b5b3-932a66d59f79 XhciPei
                    665d3f60-ad3e-4cad-8e26-db46eee9f1b5 lenovo_rescue
                    665e3ff5-46cc-11d4-9a38-0090273fc14d gEfiWatchdogTimerArchProtocolGuid
                    665e3ff6-46cc-11d4-9a38-0090273fc14d gEfiBdsArchProtocolGuid
                    667dd791-c6b3-4c27-8a6b-0f8e722deb41 gEfiEventNotificationTypeDmarGuid
                    668f4529-63d0-4bb5-b65d-6fbb9d36a44a gVMMBootOrderGuid
                    6696936d-3637-467c-87cb-14ea8248948c SimpleTextInOutSerial
                    66ed4721-3c98-4d3e-81e3-d03dd39a7254 gEfiUdp6ServiceBindingProtocolGuid
                    6784b889-b13c-4c3b-ae4b-0f0a2e320ea3 gUniversalPayloadDeviceTreeGuid
                    6798448d-1200-4577-8250-a983ba2b45d9 gManageabilityTransportMctpGuid
                    67c4f112-3385-4e55-9c5b-c05b717c4228 gEfiSmmSwapAddressRangeProtocolGuid
                    67c8dfb1-61f4-439c-844e-2bdff107ad51 gUplReadyToPayloadPpiGuid
                    67d6f4cd-d6b8-4573-bf4a-de5e252d61ae gEfiJsonCapsuleIdGuid
                    67f8444f-8743-48f1-a328-1eaab8736080 gEfiCertRsa2048Sha1Guid
                    67fa951e-4fa2-9f4e-a658-4dbd954ac22e PlatformSmbiosDxe
                    6823a838-1b06-470e-9774-0cce8bfb53fd gPsaFwuUpdateAgentGuid
                    6847cc74-e9ec-4f8f-a29d-ab44e754a8fc gArmMpCoreInfoPpiGuid
                    6888a4ae-afce-e84b-9102-f7b9dae6a030 gEmuBlockIoProtocolGuid
                    689e4c62-70bf-4cf3-88bb-33b318268670 gEfiBlockIoCryptoAlgoAesCbcMsBitlockerGuid
                    68e8c853-2ba9-4dd7-9ac0-91e16155c935 gEfiMmCommunicateHeaderV3Guid
                    6914c46f-d46e-48dc-9998-8a5f64f02553 XenPlatformHasAcpiDtDxe
                    6938079b-b503-4e3d-9d24-b28337a25806 FV: PEIFV
                    695d7835-8d47-4c11-ab22-fa8acce7ae7a gEdkiiPlatformSpecificResetFilterProtocolGuid
                    695d8aa1-42ee-4c46-805c-6ea6bce799e3 gEfiPeiVirtualBlockIoPpiGuid
                    6987936e-ed34-44db-ae97-1fa5e4ed2116 HelloWorld
                    69a79759-1373-4367-a6c4-c7f59efd986e gFspReservedMemoryResourceHobGuid
                    69b792ea-39ce-402d-a2a6-f721de351dfe gEdkiiSmmMemoryAttributeProtocolGuid
                    69d96630-eb64-4b33-8491-13a5cf023dcf SecMain
                    69dad710-2ce4-4e3c-b16c-21a1d49abed3 GPT: Linux root arm
                    6a0c5870-d4ed-44f4-a135-dd238b6f0c8d gUefiOvmfPkgTdxAcpiHobGuid
                    6a1ee763-d47a-43b4-aabe-ef1de2ab56fc gEfiHiiPackageListProtocolGuid
                    6a7a5cff-e8d9-4f70-bada-75ab3025ce14 gEfiComponentName2ProtocolGuid
                    6ad9a60f-5815-4c7c-8a10-5053d2bf7a1b gEfiSerialTerminalDeviceTypeGuid
                    6af31b2c-03be-46c1-b12d-ea4a36dfa74c gEdkiiPeiNvmExpressPassThruPpiGuid
                    6afd2b77-98c1-4acd-a6f9-8a9439de0fb1 gEfiMmStatusCodeProtocolGuid
                    6b30c738-a391-11d4-9a3b-0090273fc14d gEfiPlatformDriverOverrideProtocolGuid
                    6b38f7b4-ad98-40e9-9093-aca2b5a253c4 DiskIoDxe
                    6b9fd3f7-16df-45e8-bd39-b94a66541a5d gEdkiiPiSmmMemoryAttributesTableGuid
                    6bb4f5cd-8022-448d-bc6d-771bae935fc6 gEfiKmsFormatSha256256Guid
                    6bc66b9a-d5c9-4c02-9da9-50af198d912c gGblEfiAvbProtocolGuid
                    6bd7de60-9ef7-4899-97d0-abfffde970f2 gEfiCryptoPkgTokenSpaceGuid
                    6be272c7-1320-4ccd-9017-d4612c012b25 gAdapterInfoPlatformSecurityGuid
                    6c0e75b4-b0b9-44d1-8210-3377d7b4e066 SmmAccessPei
                    6c2004ef-4e0e-4be4-b14c-340eb4aa5891 StatusCodeHandlerRuntimeDxe
                    6c2a2520-0131-4aee-a750-cc384aace8c6 gMmCommBufferHobGuid
                    6c6872fe-56a9-4403-bb98-958d62de87f1 gUefiSerialPortInfoGuid
                    6c76e407-73f2-dc1c-938f-5d6c4691ea93 CloudHvAcpiPlatformDxe
                    6cc45765-cce4-42fd-bc56-011aaac6c9a8 gEfiPeiReset2PpiGuid
                    6ce6b0de-781c-4f6c-b42d-98346c614bec HpetTimerDxe
                    6d2e9da1-9414-41c3-86be-f9169fb47638 gArmTransferListPpiGuid
                    6d33944a-ec75-4855-a54d-809c75241f6c BdsDxe
                    6d582dbc-db85-4514-8fcc-5adf6227b147 gEfiPeiS3Resume2PpiGuid
                    6d6963ab-906d-4a65-a7ca-bd40e5d6af2b Udp4Dxe
                    6d86fb36-ba90-472c-b583-3fbed3fb209a gFspHobGuid
                    6d99e806-3d38-42c2-a095-5f4300bfd7dc FV: FvRecovery
                    6dadf1d1-d4cc-4910-bb6e-82b1fd80ff3d gEfiSmmSmramMemoryGuid
                    6db075de-449e-2644-96d0-cc5a1b4c3b2a FirmwareVolumePei
                    6db69de6-29f4-4758-a7a5-962190f00ce3 GPT: Linux root-verity-sig arm64
                    6dc40ae4-2ee8-9c4c-a314-0fc7b2008710 canonical
                    6dcbd5ed-e82d-4c44-bda1-7194199ad92a gEfiFmpCapsuleGuid
                    6e056ff9-c695-4364-9e2c-6126f5ceeaae gEfiPeiFirmwareVolumeInfoMeasurementExcludedPpiGuid
                    6e057ecf-fa99-4f39-95bc-59f9921d17e4 gEdkiiSmmReadyToBootProtocolGuid
                    6e11a4e7-fbca-4ded-b9e9-e1a512bb664e GPT: Linux usr-verity arm64
                    6e14b6fd-3600-4dd6-a17a-206b3b6dce16 StandaloneMmCore
                    6e2b9619-8810-4e9d-a177-d432bb9abeda SecretDxe
                    6e881000-5749-11e8-9bf0-8cdcd426c973 RedfishConfigHandlerDriver
                    6ecbd5a1-c0f8-4702-8301-4fc2c5470a51 gEdkiiPiMmCpuDriverEpProtocolGuid
                    6ecd1463-4a4a-461b-af5f-5a33e3b2162b gEfiPeiGraphicsPpiGuid
                    6efac84f-0ab0-4747-81be-855562590449 gXenIoProtocolGuid
                    6f18cb2f-1293-4bc1-abb8-35f84c71812e EnrollFromDefaultKeysApp
                    6f64916e-9f7a-4c35-b952-cd041efb05a3 gDefaultKEKFileGuid
                    6f8c2b35-fef4-448d-8256-e11b19d61077 gEfiSecPlatformInformationPpiGuid
                    6fd5b00c-d426-4283-9887-6cf5cf1cb1fe gEfiUserManagerProtocolGuid
                    """;
        }
    }

    static final class Digit7 {
        private Digit7() {}

        static String lines() {
            return """
                    70101eaf-0085-440c-b356-8ee36fef24f0 gEfiLegacyRegion2ProtocolGuid
                    70564dce-9afc-4ee3-85fc-949649d7e45c dell
                    7076876e-80c2-4ee6-aad2-28b349a6865b gEfiCertX509Sha384Guid
                    7081e22f-cac6-4053-9468-675782cf88e5 gEfiEventDxeDispatchGuid
                    7092e907-e817-4d39-877c-64bd0f54c1d4 SampleUnitTestDxeExpectFail
                    70b0af26-f847-4bb6-aab9-cde84fc61431 gEdkiiIoMmuPpiGuid
                    70f64793-c323-4261-ac2c-d876f27c5345 gEfiKmsFormatGeneric256Guid
                    711c703f-c285-4b10-a3b0-36ecbd3c8be2 gEfiCapsuleVendorGuid
                    716ef0d9-ff83-4f69-81e9-518bd39a8e70 gEfiSdMmcPassThruProtocolGuid
                    71761d37-32b2-45cd-a7d0-b0fedd93e8cf gEfiDirectedIoDMArErrorSectionGuid
                    7197c8a7-6559-4c93-93d5-8a84f988798b gPlatformBootManagerProtocolGuid
                    71a9ea61-5a35-4a5d-acef-9cf86d6d67e0 gEdkiiPeiCapsuleOnDiskPpiGuid
                    71bf5cf0-ce09-4c7c-912b-944bf4e4cbc0 PldmSmbiosTransferDxe
                    71ee5e94-65b9-45d5-821a-3a4d86cfe6be gEfiUserCredentialProtocolGuid
                    71fd84cd-353b-464d-b7a4-6ea7b96995cb NonDiscoverablePciDeviceDxe
                    71fe72f9-6dc1-199d-5054-13b4200ee88d CloudHvPlatformHasAcpiDtDxe
                    721acf02-4d77-4c2a-b3dc-270b7ba9e4b0 gFspNonVolatileStorageHobGuid
                    721c8b66-426c-4e86-8e99-3457c46ab0b9 lenovo_setup
                    7235c51c-0c80-4cab-87ac-3b084a6304b1 gOvmfPlatformConfigGuid
                    72405b40-38da-4aba-9283-ca8321c23e63 FvReportPei
                    7255371f-3a3b-4b04-927b-1da6efa8d454 SEV hash table block
                    72ec70a6-cf74-40e6-bd49-4bda08e8f224 GPT: Linux root riscv64
                    7300c4a1-43f2-4017-a51b-c81a7f40585b gEfiMmStandbyButtonDispatchProtocolGuid
                    733cbac2-b23f-4b92-bc8e-fb01ce5907b7 FvbServicesRuntimeDxe
                    735f8c64-d696-44d0-bdf2-447fd05a5406 gEmbeddedExternalDeviceProtocolGuid
                    738a9314-82c1-4592-8ff7-c1bdf1b20ed4 gShellTftpHiiGuid
                    7394f350-394d-488c-bb75-0cab7b120ac5 gEdkiiDeviceIdentifierTypeUsbGuid
                    73e9457a-cea1-4917-9a9c-9f1f0f0fd322 DebugPortDxe
                    73ff4f56-aa8e-4451-b316-36353667ad44 gFspBootLoaderTolumHobGuid
                    7408d748-fc8c-4ee6-9288-c4bec092a410 gEfiPeiMasterBootModePpiGuid
                    7479cccd-d721-442a-8c73-a72dbb886669 KvmtoolPlatformDxe
                    74bd9fe0-8902-11e3-b9d3-f72238fc9a31 gAndroidFastbootTransportProtocolGuid
                    75250d76-8cc6-458e-bd66-bd47cc81a812 GPT: Linux usr x86
                    752f3136-4e16-4fdc-a22a-e5f46812f4ca gEfiShellParametersProtocolGuid
                    75cf14ae-3441-49dc-aa10-bb35a7ba8bab gEdkiiPlatformSpecificResetHandlerPpiGuid
                    763bed0d-de9f-48f5-81f1-3e90e1b1a015 FV: SECFV
                    7671d9d0-53db-4173-aa69-2327f21f0bc7 gEfiAuthenticationInfoProtocolGuid
                    76b6bdfa-2acd-4462-9e3f-cb58c969d937 gPerformanceProtocolGuid
                    76fed8f1-0be5-4269-a31a-380f54f1a18a gManageabilityProtocolMctpGuid
                    77055800-792c-4f94-b39a-98c91b762bb6 GPT: Linux root loongarch64
                    7739f24c-93d7-11d4-9a3a-0090273fc14d gEfiHobListGuid
                    773f91ef-66d4-49b5-bd83-d683bf40ad16 GPT: Linux user home
                    77ab535a-45fc-624b-5560-f7b281d1f96e EFI_VIRTUAL_DISK
                    77af24d1-b6f0-42b9-83f5-8fe6e83eb6f0 gEfiAdapterInfoCdatTypeGuid
                    77fa9abd-0359-4d32-bd60-28f4e78f784b Microsoft signature owner
                    77ff5f63-e7b6-4633-acf4-1565b864c0e6 GPT: Linux usr-verity x86-64
                    78247c57-63db-4708-99c2-a8b4a9a61f6b gEfiMtftp4ProtocolGuid
                    7832f989-cb72-4715-adca-35c0b031856c IpmiPei
                    786ec0ac-65ae-4d1b-b137-0d110a483797 gIScsiCHAPAuthInfoGuid
                    78be11c4-ee44-4a22-9f05-03852ec5c978 gEfiKmsFormatMd2128Guid
                    78bee926-692f-48fd-9edb-01422ef0d7ab gEfiEventMemoryMapChangeGuid
                    78e4d245-cd4d-4a05-a2ba-4743e86cfcab gEfiSecurityPolicyProtocolGuid
                    78ef0a56-1cf0-4535-b5da-f6fd2f405a11 FmpDxe
                    790217bd-becf-485b-9170-5ff711318b27 gEfiHiiRestStyleFormsetGuid
                    79cb58c4-ac51-442f-afd7-98e47d2e9908 gEfiBootScriptExecutorContextGuid
                    79cd78d8-6edc-4978-bd02-3299c387ab17 StatusCodeHandlerSmm
                    79e4a61c-ed73-4312-94fe-e3e7563362a9 PrintDxe
                    79e5ca15-7a2d-4f37-a63b-d1c7bbca47ad AhciPei
                    79ecd602-f3b0-4780-9eed-d744229428e3 HardwareErrorSourceTableDxe
                    7a345dca-0c26-4f2a-a89a-57c08ddd22ee gNvVariableInfoGuid
                    7a567cc4-0e75-4d7a-a305-c3db109b53ad XenIoPvhDxe
                    7a59b29b-910b-4171-8242-a85a0df25b5b gEfiHttpProtocolGuid
                    7a6ca3b8-ee1b-489c-b300-24544a7bd418 ShellCTestApp
                    7ab33a91-ace5-4326-b572-e7ee33d39f16 gEfiManagedNetworkProtocolGuid
                    7b2349e0-522d-4f8e-b927-69d97c9e795f gEfiPaddingRsassaPssGuid
                    7baec70b-57e0-4c76-8e87-2f9e28088343 EFI_VT_100_PLUS
                    7bb28b99-61bb-11d5-9a5d-0090273fc14d Logo
                    7bd9ddf7-8b83-488e-aec9-24c78610289c VirtioFsDxe
                    7c04a583-9e3e-4f1c-ad65-e05268d0b4d1 gUefiShellFileGuid
                    7c29785c-66b9-49fc-b797-1ca5550ef283 gPeiUsbIoPpiGuid
                    7c316fb3-849e-4ee7-87fc-162d0b0342bf gMmUnblockRegionHobGuid
                    7ca1024f-eb17-11e5-9dba-28d2447c4829 TlsAuthConfigDxe
                    7caae1a7-0b37-4eea-a432-2f203da6f288 FrbPei
                    7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1 FV: DXEFV
                    7ce88fb3-4bd7-4679-87a8-a8d8dee50d2b gEfiEventReadyToBootGuid
                    7d574d54-d364-4d4a-95e3-4945db7ad3ee gShellInstall1HiiGuid
                    7d910602-ed53-45e6-826e-8266705b9734 TestBaseSafeIntLibPei
                    7d916d80-5bb1-458c-a48f-e25fdd51ef94 gEfiTtyTermGuid
                    7dce671b-c223-446a-a705-ed637aaf6771 gEdkiiCryptoPpiGuid
                    7dfe756c-ed8d-4d77-9ec4-399a8a815116 gEdkiiPeiFirmwareVolumeShadowPpiGuid
                    7e374e25-8e01-4fee-87f2-390c23c606cd FILE:FVMAIN_COMPACT:FREEFORM
                    7e5e26d4-0be9-401f-b5e1-1c2bda7ca777 SmbiosMiscDxe
                    7e6efffa-69b4-4c1b-a4c7-aff9c9244fee gEventMmDispatchGuid
                    7ebb920d-1aaf-46d9-b2af-541e1dce148b gEdkiiPlatformHasDeviceTreeGuid
                    7ec6f557-3bc5-4aca-b293-16ef5df639d1 GPT: Linux tmp
                    7ed510aa-9cdc-49d2-a306-6e11e359f9b3 NonCoherentIoMmuDxe
                    7ee2c0c1-c21a-4113-a53a-66824a95696f VariableStandaloneMm
                    7f06a90f-ae0d-4887-82c0-fec7f4f68b29 EmmcBlockIoPei
                    7f1647c8-b76e-44b2-a565-f70ff19cd19e gEfiDns6ServiceBindingProtocolGuid
                    7f4158d3-074d-456d-8cb2-01f9c8f79daa gEfiTpmDeviceSelectedGuid
                    7f5e4e31-81b1-47e5-9e21-1e4b5bc2f61d gEdkiiPeiFirmwareVolumeInfoStoredHashFvPpiGuid
                    7facc7b6-127f-4e9c-9c5d-080f98994345 lenovo_2
                    """;
        }
    }

    static final class Digit8 {
        private Digit8() {}

        static String lines() {
            return """
                    806040ca-dad9-4978-a3b4-2d2ab0c8a48f QemuKernelLoaderFsDxe
                    8063c21a-8e58-4576-95ce-089e87975d23 FV: DXEFV
                    80cf7257-87ab-47f9-a3fe-d50b76d89541 PcdDxe
                    8108ac4e-9f11-4d59-850e-e21a522c59b2 auto_created_boot_option
                    81212a96-09ed-4996-9471-8d729c8e69ed gEfiFirmwareErrorSectionGuid
                    81d1675c-86f6-48df-bd95-9a6e4f0925c3 gEdkiiVariablePolicyProtocolGuid
                    820c59bb-274c-43b2-83ea-dac673035a59 SataController
                    821c9a09-541a-40f6-9f43-0ad193a12cfe gEdkiiMemoryProfileGuid
                    824d5a3a-af92-4c0c-9f19-19526dca4abb gFspmArchConfigPpiGuid
                    826ca512-cf10-4ac9-b187-be01496631bd gEfiCertSha1Guid
                    827ac29d-e52d-4b1a-874a-c6577e0699cf FirmwarePerformanceStandaloneMm
                    8296af37-d183-4416-b3b6-19d2a80ad4a8 EbcDebugger
                    82988420-7467-4490-9059-feb448dd1963 lenovo_me_config
                    82ddd68b-9163-4187-9b27-20a8fd60a71d gEdkiiIfrBitVarstoreGuid
                    833d3aba-39b4-43a2-b930-7a34533931b3 gUnitTestFrameworkPkgTokenSpaceGuid
                    834da76a-4ea1-41c7-9601-fe7a7c564757 FvbServicesStandaloneMm
                    837dca9e-e874-4d82-b29a-23fe0e23d1e2 gVirtioMmioTransportGuid
                    83dd3b39-7caf-4fac-a542-e050b767e3a7 VirtioPciDeviceDxe
                    83f01464-99bd-45e5-b383-af6305d8e9e6 gEfiUdp4ServiceBindingProtocolGuid
                    83faafbf-fc4b-469f-892a-798e66a6f50a RestJsonStructureDxe
                    8401a045-6f70-4505-8471-7015b40355e3 UsbBusPei
                    8401a046-6f70-4505-8471-7015b40355e3 UsbBotPei
                    843dc720-ab1e-42cb-9357-8a0078f3561b gEfiMmControlProtocolGuid
                    8484680c-9521-48c6-9c11-b0720656f69e GPT: Linux usr x86-64
                    849e6875-db35-4df8-b41e-c8f33718073f hiifontex
                    84eea114-c6be-4445-8f90-51d97863e363 CpuHotplugSmm
                    85254ea7-4759-4fc4-82d4-5eed5fb0a4a0 gDefaultPKFileGuid
                    8562bf1e-f816-44fa-82d6-763f3b131e6d ArmGicV2Dxe
                    85a6d3e6-b65b-4afc-b38f-c6d54af6ddc8 gEfiSpiConfigurationProtocolGuid
                    85a8ab57-0644-4110-850f-981322047070 gEdkiiSmmLegacyBootProtocolGuid
                    85adb2f1-da93-47d4-af4f-3d920d9bd2c0 RedfishHttpDxe
                    85b75607-f7ce-471e-b7e4-2aea5f7232ee gEfiUserInfoAccessSetupAdminGuid
                    85ef8dd3-e606-4b89-8bbd-93bf5cbe1c18 gEfiRedfishVariableGuid
                    8614567d-35be-4415-8d88-bd7d0c9c70c0 gPlatformOverridesManagerGuid
                    86212936-0e76-41c8-a03a-2af2fc1c39e2 gEfiRscHandlerProtocolGuid
                    8628752a-6cb7-4814-96fc-24a815ac2226 gEfiHashAlgorithmSha256NoPadGuid
                    864e1ca8-85eb-4d63-9dcc-6e0fc90ffd55 SioBusDxe
                    8657015b-ea43-440d-949a-af3be365c0fc IoMmuDxe
                    865a5a9b-b85d-474c-8455-65d1be844be2 gEfiDebugAgentGuid
                    865a5aab-b85d-474c-8455-65d1be844be2 gEfiSourceLevelDebugPkgTokenSpaceGuid
                    86787704-8fed-11e3-b3ff-f33b73acfec2 TcpFastbootTransportDxe
                    869c711d-649c-44fe-8b9e-2cbb2911c3e6 gEfiPeiDelayedDispatchPpiGuid
                    869f728c-409d-4ab4-ac03-71d309c1b3f4 gEdkiiRngAlgorithmUnSafe
                    86c77a67-0b97-4633-a187-49104d0685c7 gEfiFirmwareManagementProtocolGuid
                    86cddf93-4872-4597-8af9-a35ae4d3725f IScsiDxe
                    86d58f7b-6e7c-401f-bdd4-e32e6d582aad PciPlatformDxe
                    86d70125-baa3-4296-a62f-602bebbb9081 DxeIpl
                    86f67a12-2e32-44fc-8d6c-7901e2b5649a CapsuleUpdatePolicyDxe
                    87367f87-1119-41ce-aaec-8be0111f558a gEfiJsonConfigDataTableGuid
                    87c8bad7-0595-4053-8297-dede395f5d5b gEfiDhcp6ProtocolGuid
                    87e1bb14-4d5c-7c4e-a90e-e1415687d062 EmuTimer
                    87e36301-0406-44db-aaf3-9e0e591f3725 VConfig
                    88079b18-b42b-44aa-a6f2-b83911075e89 VirtualKeyboardDxe
                    8868e871-e4f1-11d3-bc22-0080c73c8881 gEfiAcpi20TableGuid
                    88c9d306-0900-4eb5-8260-3e2dbeda1f89 gPeiPostScriptTablePpiGuid
                    88e31ba1-1856-4b8b-bbdf-f816dd940aef gS3CommunicationGuid
                    89122868-bcfd-49e8-88a3-06635cb7b3cf DynamicTableManagerDxe
                    89464dae-8daa-41fe-a4c8-40d2175af1e9 LcdGraphicsOutputDxe
                    898890e9-84b2-4f3a-8c58-d8577813e0ac gEfiBluetoothAttributeProtocolGuid
                    89e549b0-7cfe-449d-9ba3-10d8b2312d71 S3Resume2Pei
                    8a219718-4ef5-4761-91c8-c0f04bda9e56 gEfiDhcp4ProtocolGuid
                    8a6b4a83-42fe-45d2-a2ef-46f06c7d9852 gEfiUserCredentialClassSecureCardGuid
                    8a7a84a0-8387-40f6-ab41-a8b9a5a60d23 gPsaFwuMetadataGuid
                    8a91c08e-7d9d-4933-84d6-901d26d0766e FV: FvMain
                    8ad3148f-945f-46b4-8acd-71469ea73945 Tcg2ConfigPei
                    8adedf9e-2ec8-40fb-ae56-b76d90225d2d CapsuleOnDiskLoadPei
                    8af3a9a7-228b-462a-b91a-0591493f8d1f SampleUnitTestUefiShellExpectFail
                    8b01e5b6-4f19-46e8-ab93-1c53671b90cc gEfiTpmDeviceInstanceTpm12Guid
                    8b843e20-8132-4852-90cc-551a4e4a7f1c gEfiDevicePathToTextProtocolGuid
                    8b90bd26-e4f9-45c2-92a2-9eace60e9dcc gMmCpuSyncConfigHobGuid
                    8bc1714d-ffcb-41c3-89dc-6c74d06d98ea gEfiMmPciRootBridgeIoProtocolGuid
                    8be0e274-3970-4b44-80c5-1ab9502f3bfc gEfiEventBeforeExitBootServicesGuid
                    8be4df61-93ca-11d2-aa0d-00e098032b8c EFI_GLOBAL_VARIABLE
                    8c2487ea-9af3-11e3-b966-b8ac6f7d65e6 XenPvBlkDxe
                    8c4624b1-58cc-4df6-9e6d-09b38d67dfa6 EfiMpServiceProtocolDynamicCmdUnitTest
                    8c8ce578-8a3d-4f1c-9935-896185c32dd3 gEfiFirmwareFileSystem2Guid
                    8c8f17c3-bb8d-4d4e-960e-d333cf2bcb20 gEdkiiCcPpiGuid
                    8c9f4de3-7b90-47ef-9308-287cecd66de8 gEdkiiPlatformSpecificResetFilterPpiGuid
                    8cf2f62c-bc9b-4821-808d-ec9ec421a1a0 gEfiPartitionInfoProtocolGuid
                    8cfc5233-23c6-49e3-8a2d-7e581ab305ba EdbCfg
                    8cfdb8c8-d6b2-40f3-8e97-02307cc98b7c gEfiVariableIndexTableGuid
                    8d48bd70-c8a3-4c06-901b-747946aac358 gEfiIsaHcPpiGuid
                    8d4b8bc7-e66b-4be2-add8-4988e08743ed MmCommunicationDxe
                    8d59d32b-c655-4ae9-9b15-f25904992a43 gEfiAbsolutePointerProtocolGuid
                    8d8969cc-feb0-4303-b21a-1f116f385643 gEdkIIUsbEthProtocolGuid
                    8dc58d0d-67f5-4b97-9dfc-e442bb9a5648 tftp
                    8deec992-d39c-4a5c-ab6b-986e14242b9d gEfiDiskInfoSdMmcInterfaceGuid
                    8df01a06-9bd5-4bf7-b021-db4fd9ccf45b gEfiHashAlgorithmSha224Guid
                    8e325979-3fe1-4927-aae2-8f5c4bd2af0d SdMmcPciHcDxe
                    8e46dddd-3d49-4a9d-b875-3c086f6aa2bd gEdkiiVT400Guid
                    8f644fa9-e850-4db1-9ce2-0b44698e8da4 gEfiFirmwareVolumeBlock2ProtocolGuid
                    8f76da58-1f99-4275-a4ec-4756515b1ce8 gEfiBluetoothLeConfigProtocolGuid
                    8f7d7b1d-0e1c-4c98-b12e-4ec99c4081ac EmptyApplication
                    8f9d4825-797d-48fc-8471-845025792ef6 gEdkiiS3SmmInitDoneGuid
                    8faad0a7-02b4-432f-8f5c-b880965d8b41 SmmCommunicationBufferDxe
                    8fac60b2-bbc1-41de-a797-9875cdd3a8f8 gEdkiiCxlIoProtocolGuid
                    8ff4c129-c2ef-445d-8658-9a342a1fcc4d FmpDependencyLibUnitTestsUefi
                    """;
        }
    }

    static final class Digit9 {
        private Digit9() {}

        static String lines() {
            return """
                    9042a9de-23dc-4a38-96fb-7aded080516a gEfiGraphicsOutputProtocolGuid
                    905dc1ad-c44d-4965-98ac-b6b4444bfd65 UfsPciHcPei
                    905f13b0-8f91-4b0a-bd76-e1e78f9422e4 UdfDxe
                    907125c0-a5f1-11e3-a3fe-a3198b49350c FvSimpleFileSystem
                    9073e4e0-60ec-4b6e-9903-4c223c260f3c gEfiVendorKeysNvGuid
                    9073eed4-e50d-11ee-b8b0-8b68da62fc80 gEfiConfProfilesEbbrSpec22Guid
                    911d584c-35f7-4955-bef9-b452769ddc3a DebugSupportDxe
                    912740be-2284-4734-b971-84b027353f0c gFspHeaderFileGuid
                    91376aff-cba6-42be-949d-06fde81128e8 grub
                    914aebe7-4635-459b-aa1c-11e219b03a10 gEfiMdePkgTokenSpaceGuid
                    91ad7375-8e8e-49d2-a343-68bc78273955 HddPasswordPei
                    91ce67a8-e0aa-4012-b99f-b6fcf3048eaa gArmScmiClockProtocolGuid
                    91d1e327-fe5a-49b8-ab65-0ece2ddb45ec gEdkiiDynamicTableFactoryProtocolGuid
                    928939b2-4235-462f-9580-f6a2b2c21a4f gQemuAcpiTableNotifyProtocolGuid
                    92b7896c-3362-46ce-99b3-4f5e3c34eb42 gUniversalPayloadSmbios3TableGuid
                    92d11080-496f-4d95-be7e-037488382b0a gEfiStatusCodeDataTypeStringGuid
                    93039971-8545-4b04-b45e-32eb8326040e gEfiHiiPlatformSetupFormsetGuid
                    9317ec24-7cb0-4d0e-8b32-2ed9209cd8af gEfiPaddingRsassaPkcs1V1P5Guid
                    931fc048-c71d-4455-8930-470630e30ee5 gSmmPerformanceExProtocolGuid
                    932f47e6-2362-4002-803e-3cd54b138f85 gEfiScsiIoProtocolGuid
                    933ac7e1-2eb4-4f13-b844-0e14e2aef915 GPT: Linux home
                    936b81dc-348c-42e3-9e82-02914fd34886 gEdkIIRedfishCredential2ProtocolGuid
                    937fe521-95ae-4d1a-8929-48bcd90ad31a gEfiIp6ConfigProtocolGuid
                    93b80004-9fb3-11d4-9a3a-0090273fc14d PciBusDxe
                    93ba1826-dffb-45dd-82a7-e7dcaa3bbdf3 gSmmVariableWriteGuid
                    93bb96af-b9f2-4eb8-9462-e0ba74564236 gUefiOvmfPkgTokenSpaceGuid
                    94440339-cc93-4506-b4c6-ee8d0f4ca191 gEdkiiNonDiscoverableAmbaDeviceGuid
                    94734718-0bbc-47fb-96a5-ee7a5ae6a2ad Dhcp4Dxe
                    94813714-e10a-4798-9909-8c904f66b4d9 NvmExpressPei
                    94ab2f58-1438-4ef1-9152-18941a3a0e68 gEfiSecurity2ArchProtocolGuid
                    94c210ea-3113-4563-adeb-76fe759c2f46 Tcg2MmDependencyDxe
                    952cb795-ff36-48cf-a249-4df486d6ab8d gEfiTlsServiceBindingProtocolGuid
                    95305139-b20f-4723-8425-627c888ff121 gMemDebugLogHobGuid
                    953ff472-9b9e-4058-84cf-227daf89dc82 ArmGicV3Dxe
                    9585984c-f027-45e9-afdf-adaa6dfaaac7 ArmScmiDxe
                    9588502a-5370-11e3-8631-d7c5951364c8 AndroidFastbootApp
                    95a1e915-195c-477c-926f-7e2467c1b31f gEdk2JedecSfdpSpiSmmDriverGuid
                    95a9a93e-a86e-4926-aaef-9918e772d987 gEfiEraseBlockProtocolGuid
                    95d148ff-5a23-43b9-9fc4-80ae0dd48d32 SpiHcDxe
                    95e3669d-34be-4775-a651-7ea41b69d89e Dhcp6Dxe
                    961578fe-b6b7-44c3-af35-6bc705cd2b1f Fat
                    9622e42c-8e38-4a08-9e8f-54f784652f6b AcpiTableDxe
                    964e5b21-6459-11d2-8e39-00a0c969723b gEfiBlockIoProtocolGuid
                    964e5b22-6459-11d2-8e39-00a0c969723b gEfiSimpleFileSystemProtocolGuid
                    96751a3d-72f4-41a6-a794-ed5d0e67ae6b gEfiCcMeasurementProtocolGuid
                    96b582de-1fb2-45f7-baea-a366c55a082d OVMF table footer
                    96b5c032-df4c-4b6e-8232-438dcf448d0e NullMemoryTestDxe
                    96bb18bd-ff2b-4b51-b683-0dc9a4bf12cf SampleUnitTestDxe
                    96e75986-6fdd-491e-9fd5-35e21ac45b45 FV: PLDFV
                    96f46153-97a7-4793-acc1-fa19bf78ea97 gEdkiiPeCoffImageEmulatorProtocolGuid
                    96f5296d-05f7-4f3c-8467-e456890e0cb5 gEdkiiEndOfS3ResumeGuid
                    96fd3d26-6fb1-11ef-8c11-f3c9c50231ab gArmFfaRxTxBufferInfoGuid
                    9727502c-034e-472b-8e1b-67bb28c6cfdb DebugAgentDxe
                    9729db60-fb9d-4625-9ee1-93b21ec246b8 TestBaseSafeIntLibDxe
                    978fe043-d7af-422e-8a92-2b48e463bde6 gEfiKmsFormatGeneric512Guid
                    9842073d-95d9-9f49-bd3f-2e29525125df EmuBusDriver
                    9859bb19-407c-4f8b-bce1-f8da6565f4a5 gAndroidBootImgProtocolGuid
                    9876ccad-47b4-4bdb-b65e-16f193c4f3db gEfiProcessorGenericErrorSectionGuid
                    98948c4a-70f2-4035-8e9f-5927493cfc07 FaultTolerantWriteSmmDxe
                    98c80a4f-e16b-4d11-939a-abe561260330 gEdkiiCapsuleOnDiskNameGuid
                    98ca3da1-c1ac-4402-9c16-7558d3ed5705 gGblEfiDebugProtocolGuid
                    993d8d3d-f80e-4225-855a-9daf8ed7ea97 GPT: Linux root ia64
                    99549f44-49bb-4820-b9d2-901329412d67 IdeController
                    995c6eca-171b-45fd-a3aa-fd4c9c9def59 gEfiSpiSmmConfigurationProtocolGuid
                    996ec11c-5397-4e73-b58f-827e52906def gEfiVectorHandoffTableGuid
                    999bd818-7df7-4a9a-a502-9b75033e6a0f EsrtDxe
                    999e699c-b013-475e-b17b-f3a8ae5c4875 gEdkiiDebugPpiGuid
                    99f03b99-98d8-49dd-a8d3-3219d0ffe41e Mtftp6Dxe
                    9a473a4a-4ceb-b95a-415e-5ba0bc639b2e gEfiRegexSyntaxTypeEcma262Guid
                    9a4e9246-d553-11d5-87e2-00062945c3b9 gEfiStatusCodeDataTypeDebugGuid
                    9a5163e7-5c29-453f-825c-837a46a81e15 SerialDxe
                    9a78788a-bbe8-11e4-809e-67611e5d46b0 gEfiEventNotificationTypeSeaGuid
                    9a871b00-1c16-4f61-8d2c-93b6654b5ad6 FdtClientDxe
                    9b3ada4f-ae56-4c24-8dea-f03b7558ae50 PcdPeim
                    9b680fce-ad6b-4f3a-b60b-f59899003443 DevicePathDxe
                    9b942747-154e-4d29-a436-bf7100c8b53b gIp4Config2NvDataGuid
                    9bbe29e9-fda1-41ec-ad52-452213742d2e gEdkiiFormDisplayEngineProtocolGuid
                    9bd549cd-86d1-4925-9f7d-3686ddd876fc HddPasswordDxe
                    9bfbcc5f-6435-46d3-b9a5-70fba471e126 gEfiMmEntryNotifyProtocolGuid
                    9c0aaed4-74c5-4043-b417-a3223814ce76 gArmPlatformTokenSpaceGuid
                    9c1080ee-d02e-487f-9432-f3bf086ec180 GenericMemoryTestDxe
                    9ca93627-b65b-4324-a202-c0b461764543 gEfiPeiSmbus2PpiGuid
                    9d1dd27f-6d7f-427b-aec4-b62f6279c2f1 PlatformHasAcpiDtDxe
                    9d225237-fa01-464c-a949-baabc02d31d0 StatusCodeHandlerPei
                    9d4548b9-a48d-4db4-9a68-32c5139e2018 gTcg2MmSwSmiRegisteredGuid
                    9d9a39d8-bd42-4a73-a4d5-8ee94be11380 gEfiDhcp4ServiceBindingProtocolGuid
                    9da34ae0-eaf9-4bbf-8ec3-fd60226c44be gEfiResetNotificationProtocolGuid
                    9e21fd93-9c72-4c15-8c4b-e77f1db2d792 FILE:FVMAIN_COMPACT:FV_IMAGE
                    9e23d768-d2f3-4366-9fc3-3a7aba864374 gEfiVlanConfigProtocolGuid
                    9e2bde17-7df0-42ea-98a3-f69af3fb2bb9 gEdkiiUfsHcPlatformPpiGuid
                    9e498932-4abc-45af-a34d-0247787be7c6 gEfiDiskInfoAhciInterfaceGuid
                    9e58292b-7c68-497d-a0ce-6500fd9f1b95 gEdkiiWorkingBlockSignatureGuid
                    9e66f251-727c-418c-bfd6-c2b4252818ea gEfiHiiImageDecoderProtocolGuid
                    9e863906-a40f-4875-977f-5b93ff237fc6 TerminalDxe
                    9e8f461a-17e1-4312-b49c-e66f0a88ea8b SampleUnitTestUefiShell
                    9e9f374b-8f16-4230-9824-5846ee766a97 gEfiSecPlatformInformation2PpiGuid
                    9f7dcade-11ea-448a-a46f-76e003657dd1 VariableSmmRuntimeDxe
                    9f94d327-0b18-4245-8ff2-832e300d2cef gWifiConfigGuid
                    9f9a9506-5597-4515-bab6-8bcde784ba87 gUniversalPayloadAcpiTableGuid
                    9faad0ff-0e0c-4885-a738-bab4e4fa1e66 FspmWrapperPeim
                    9fb1a1f3-3b71-4324-b39a-745cbb015fff Ip4Dxe
                    9fb4b4a7-42c0-4bcd-8540-9bcc6711f83e UsbMassStorageDxe
                    9fb9a8a1-2f4a-43a6-889c-d0f7b6c47ad5 gEfiDhcp6ServiceBindingProtocolGuid
                    """;
        }
    }

    static final class DigitA {
        private DigitA() {}

        static String lines() {
            return """
                    a00490ba-3f1a-4b4c-ab90-4fa99726a1e8 gEfiBlockIoCryptoProtocolGuid
                    a01e498c-96e8-2a4c-95f4-85248f989753 FwBlockService
                    a030d115-54dd-447b-9064-f206883d7ccc gPeiTpmInitializationDonePpiGuid
                    a0402fca-6b25-4cea-b7dd-c08f99714b29 SmmStoreFvbRuntimeDxe
                    a04a27f4-df00-4d42-b552-39511302113d gDriverSampleFormSetGuid
                    a0baa8a3-041d-48a8-bc87-c36d121b5e3d OvmfEnrollDefaultKeys owner
                    a0c98b77-cba5-4bb8-993b-4af6ce33ece4 Tcg2Pei
                    a0dbe438-701c-44af-ab4a-25545b86b565 MmControlPei
                    a0e8e04c-9b5a-43be-8b7d-c98760492b68 SectionExtractionDxe
                    a0e8ee6a-0e92-44d4-861b-0eaa4aca44a2 gEfiKmsFormatAescbc128Guid
                    a0ff2235-b652-45e3-b3d2-b20f3e714e6f BmcElog
                    a142cee5-99d5-4ecf-943e-d8f0de3052aa FrbDxe
                    a16473fd-d474-4c89-aec7-90b83c738609 gEdkiiPeiAtaPassThruPpiGuid
                    a19832b9-ac25-11d3-9a2d-0090273fc14d gEfiSimpleNetworkProtocolGuid
                    a19b1fe7-c1bc-49f8-875f-54a5d542443f CpuIo2Dxe
                    a19d880f-05fc-4d3b-a006-743f0f84911e GPT: Linux RAID
                    a1aff049-fdeb-442a-b320-13ab4cb72bbc gEfiMdeModulePkgTokenSpaceGuid
                    a1e37052-80d9-4e65-a317-3e9a55c43ec9 gEfiIdeControllerInitProtocolGuid
                    a1eeab87-c859-479d-89b5-1461f4061a3e gFspInApiModePpiGuid
                    a1ff7424-7a1a-478e-a9e4-92f357d12832 gLoaderMemoryMapInfoGuid
                    a210f973-229d-4f4d-aa37-9895e6c9eaba DpcDxe
                    a291ce0e-dc09-11ee-9edb-7349d792af51 gOvmfFwCfgInfoHobGuid
                    a2f436ea-a127-4ef8-957c-8048606ff670 SnpDxe
                    a31280ad-481e-41b6-95e8-127f4c984779 gTianoCustomDecompressGuid
                    a340c064-723c-4a9c-a4dd-d5b47a26fbb0 gEsrtManagementProtocolGuid
                    a34cf082-0f50-4f0d-898a-3d39302bc51e gIntelFsp2WrapperTokenSpaceGuid
                    a3610442-e69f-4df3-82ca-2360c4031a23 ReportStatusCodeRouterPei
                    a3979e64-ace8-4ddc-bc07-4d66b8fd0977 gEfiIpSec2ProtocolGuid
                    a3b3e6f8-efca-4bc1-88fb-cb87339b2579 gEfiKmsFormatGeneric160Guid
                    a3edc05d-b618-4ff6-9552-76d7886343c8 gOvmfLoadedX86LinuxKernelProtocolGuid
                    a3ff0ef5-0c28-42f5-b544-8c7de1e80014 PiSmmCpuDxeSmm
                    a45e60d1-c719-44aa-b07a-aa777f85906d gPeiAtaControllerPpiGuid
                    a46423e3-4617-49f1-b9ff-d1bfa9115839 gEfiSecurityArchProtocolGuid
                    a477af13-877d-4060-baa1-25d1bea08ad3 gEfiKmsFormatRsasha2562048Guid
                    a47ee2d8-f60e-42fd-8e58-7bd65ee4c29b CpuIo2Smm
                    a487a478-51ef-48aa-8794-7bee2a0562f1 TftpDynamicCommand
                    a4914810-4d1e-445e-bd6f-f6821b852b5d EfiPeiMpServices2PpiPeiUnitTest
                    a4c751fc-23ae-4c3e-92e9-4964cf63f349 gEfiUnicodeCollation2ProtocolGuid
                    a4ec8adb-b7a8-47d1-8e52-ec820d0acf6f FvbSmm
                    a4ee0728-e5d7-4ac5-b21e-658ed857e834 gArmMpCoreInfoGuid
                    a55701f5-e3ef-43de-ac72-249b573fad2c gEfiIa32X64ErrorTypeCacheCheckGuid
                    a558d266-7bfc-11ef-b4f0-5f7b86a7fb80 gExtraGuidedSectionHandlerInfoGuid
                    a5683620-7998-4bb2-a377-1c1e31e1e215 TcgDxe
                    a5aab9e3-c727-48cd-8bbf-427233854948 gEfiI2cHostProtocolGuid
                    a5bc1114-6f64-4ede-b863-3e83ed7c83b1 gEfiPlatformMemoryErrorSectionGuid
                    a5c059a1-94e4-4aa7-87b5-ab155c2bf072 gEfiCertX509Guid
                    a60c6b59-e459-425d-9c69-0bcc9cb27d81 gEfiGetPcdInfoPpiGuid
                    a65ea745-a15e-480a-82e5-6aeed8ae8788 SampleUnitTestPeiExpectFail
                    a6885402-d022-4b0e-a509-4711b90f2a39 ReportStatusCodeRouterSmm
                    a732241f-383d-4d9c-8ae1-8e09837589d7 gXenBusRootDeviceGuid
                    a770c357-b693-4e6d-a6cf-d21c728e550b gEdkiiFormBrowserEx2ProtocolGuid
                    a7717414-c616-4977-9420-844712a735bf gEfiCertTypeRsa2048Sha256Guid
                    a77b2472-e282-4e9f-a245-c2c0e27bbcc1 gEfiBlockIo2ProtocolGuid
                    a7af67cb-603b-4d42-ba21-70bfb6293f96 gEfiRngAlgorithmSp80090Hash256Guid
                    a7d8d9a6-6ab0-4aeb-ad9d-163e59a7a380 lenovo_diag_splash
                    a82485ce-ad6b-4101-99d3-e1358c9e7e37 gEdkiiCpuFeaturesSetDoneGuid
                    a8b50ff3-08ec-4dd3-bf04-28bf7175c74a gArmMmuReplaceLiveTranslationEntryFuncGuid
                    a8cda0a2-4f37-4a1b-8e10-8ef3cc3bf3a8 gEdkiiNonDiscoverableUhciDeviceGuid
                    a92cdb4b-82f1-4e0b-a516-8a655d371524 VirtioNetDxe
                    a9731431-d968-4277-b752-a3a9a6ae1898 gPeiIpmiPpiGuid
                    a9a048f6-48a0-4714-b7da-a9ad87d4dac9 gEfiRestJsonStructureProtocolGuid
                    a9e7cef1-5682-42cc-b123-9930973f4a9f gEfiMpInitLibUpDepProtocolGuid
                    aa00d50b-4911-428f-b91a-a59ddb13e24c gEdkiiSmmCpuRendezvousProtocolGuid
                    aa0e8bc1-dabc-46b0-a844-37b8169b2bea gEfiPciHotPlugInitProtocolGuid
                    aa17add4-756c-460d-94b8-4388d7fb3e59 gEdkiiPlatformBootManagerProtocolGuid
                    aa292de7-e11e-42e6-846b-5813a5a8d982 BlSupportSmm
                    aa7e190d-be21-4409-8e67-a2cd0f61e170 gUniversalPayloadSerialPortInfoGuid
                    aa89d903-345b-4ab2-9abf-030b5efb5d50 PlatformPei
                    aa9bd7a7-cafb-4499-a4a9-0b346b40a622 gSmmRegisterInfoGuid
                    aab18f19-fe14-4666-8604-87ff6d662c9a gEfiSpiSmmNorFlashProtocolGuid
                    aac33064-9ed0-4b89-a5ad-3ea767960b22 FaultTolerantWritePei
                    aaeaccfd-f27b-4c17-b610-75ca1f2dfb52 gEfiEbcVmTestProtocolGuid
                    aaf32c78-947b-439a-a180-2e144ec37792 gEfiAuthenticatedVariableGuid
                    ab226e66-31d8-4613-879d-d2fab610263c gEdkiiDynamicTablesPkgTokenSpaceGuid
                    ab38a0df-6873-44a9-87e6-d4eb56148449 gEfiRamDiskProtocolGuid
                    ac05bf33-995a-4ed4-aab8-ef7ae80f5cb0 gUefiCpuPkgTokenSpaceGuid
                    ac4cf43f-3f64-416a-961d-031b535b915f gManageabilityVariableGuid
                    ac7884c7-35a2-40ac-b9e0-ad67298e3bba SpiNorFlashJedecSfdpSmm
                    ac95ad3d-4366-44bf-9a62-e4b29d7a2206 SmmAccess2Dxe
                    acd03321-777e-4d3d-b1c8-20cfd88820c9 gEfiRngAlgorithmX931AesGuid
                    ad15a0d6-8bec-4acf-a073-d01de77e2d88 EFI_VT_UTF8
                    ad416ce3-a483-45b1-94c2-4b4e4d575562 TcgMor
                    ad608272-d07f-4964-801e-7bd3b7888652 MonotonicCounterRuntimeDxe
                    ad61999a-507e-47e6-ba28-79cc609fa1a4 FspWrapperNotifyDxe
                    ad61f191-ae5f-4c0e-b9fa-e869d288c64f gEfiCpuIo2ProtocolGuid
                    ad70855e-0cc5-4abf-8979-be762a949ea3 IncompatiblePciDeviceSupport
                    ad82f436-75c5-4aa9-9293-c5550a7ff971 gEdkiiDebugPrintErrorLevelGuid
                    adf01bf6-47d6-495d-b95b-687777807214 FirmwarePerformancePei
                    adf956ad-e98c-484c-ae11-b51c7d336447 gConfidentialComputingSecretGuid
                    ae047c6d-bce9-426c-ae03-a68e3b8a0488 FV: NCCFV
                    ae265864-cf5d-41a8-913d-71c155e76442 CpuIoPei
                    ae3d28cc-e05b-4fa1-a011-7eb55a3f1401 gEfiDns4ProtocolGuid
                    ae8c4c50-2cd7-11f0-9e39-a7fbc471b972 Tcg2ConfigFfaPei
                    ae933e1c-cc47-4e38-8f0e-e2f61d2605df gEfiPeiMmCommunicationPpiGuid
                    aeb9c5c1-94f1-4d02-bfd9-4602db2d3c54 gEfiTcg2PhysicalPresenceGuid
                    aebe2648-47a9-40fa-83fd-06aa88443bb2 Timer
                    af060190-5e3a-4025-afbd-e1f905bfaa4c gEfiHiiImageDecoderNamePngGuid
                    af23b340-97b4-4685-8d4f-a3f28169b21d gEdkiiVarCheckProtocolGuid
                    af43e178-c2e9-4712-a7cd-08bfdac7482c UfsPciHcDxe
                    af8c3fe8-9ce8-4548-884a-e3f4dd91f040 FV: FVMAIN_COMPACT
                    af9ffd67-ec10-488a-9dfc-6cbf5ee22c2e gEfiAcpiVariableGuid
                    afbfde41-2e6e-4262-ba65-62b9236e5495 gEfiTimestampProtocolGuid
                    """;
        }
    }

    static final class DigitB {
        private DigitB() {}

        static String lines() {
            return """
                    b0423e2f-3b2c-4a36-bf98-3eb3b4b7cb0e PrmSsdtInstallDxe
                    b08a11e4-e2b7-4b75-b515-af610668bfd1 gEdkiiPeiBootInCapsuleOnDiskModePpiGuid
                    b0d8f3c1-b7de-4c11-bc89-2fb562c8c411 gEdkiiSmmVarCheckProtocolGuid
                    b0e01050-ee5f-4390-949a-9101b17104e9 GPT: Linux usr arm64
                    b0eae4f8-9a04-4c6d-a748-793daa0f65df gTlsAuthConfigGuid
                    b0f901e4-c424-45de-9081-95e20bde6fb5 gTcgConfigFormSetGuid
                    b122a263-3661-4f68-9929-78f8b0d62180 gEfiSystemResourceTableGuid
                    b199dea9-fd5c-4a84-8082-2f4170780305 gEarlyPL011BaseAddressGuid
                    b1b621d5-f19c-41a5-830b-d9152c69aae0 gFdtTableGuid
                    b1be0bc5-6c28-442d-aa37-151b4257bd78 gEdkiiNonDiscoverableXhciDeviceGuid
                    b1ee129e-da36-4181-91f8-04a4923766a7 gEfiDriverFamilyOverrideProtocolGuid
                    b20005b0-bb2d-496f-869c-230b4479e7d1 gEdkiiNonDiscoverableOhciDeviceGuid
                    b219e140-dffc-11e3-b956-0022681e6906 DnsDxe
                    b2360b42-7173-420a-8696-46ca6bab1060 gMeasuredFvHobGuid
                    b2dedc91-d59f-48d2-898a-12490c74a4e0 gEfiIfrBootMaintenanceGuid
                    b30dfeed-947f-4396-b15a-dfbdb916dc24 gEdkiiPeiSdMmcHostControllerPpiGuid
                    b323179b-97fb-477e-b0fe-d88591fa11ab gPeCoffLoaderProtocolGuid
                    b336f62d-4135-4a55-ae4e-4971bbf0885d RealTimeClock
                    b38573b6-6200-4ac5-b51d-82e65938d783 gRecoveryOnFatIdeDiskGuid
                    b3930571-beba-4fc5-9203-9427242e6a43 gEfiBluetoothHcProtocolGuid
                    b3bfab9b-9f9c-4e8b-ad37-7f8c51fc6280 gEfiPeiI2cMasterPpiGuid
                    b3f56470-6141-4621-8f19-704e577aa9e8 gDriverSampleInventoryGuid
                    b3f79d9a-436c-dc11-b052-cd85df524ce6 gEfiRegularExpressionProtocolGuid
                    b4b140a5-72f6-4c21-93e4-acc4eccb2323 gEdkiiMigrationInfoGuid
                    b4ba6241-936c-4485-a483-9fa832c758ca PlatformAcpiTables
                    b57ec3fe-f833-4ba6-8578-2a7d6a87444b gEfiSpiNorFlashProtocolGuid
                    b5ae312c-bc8a-43b1-9c62-ebb826dd5d07 gGrubFileGuid
                    b5aeb34f-3047-4955-b880-add36d86dc0f gEdkiiPayloadCommandLineGuid
                    b5b35764-460c-4a06-99fc-77a17c1b5ceb gEfiPciOverrideProtocolGuid
                    b601f8c4-43b7-4784-95b1-f4226cb40cee RuntimeDxe
                    b60a3e6b-18c4-46e5-a29a-c9a10665a28e gEfiI2cIoProtocolGuid
                    b625b186-e063-44f7-8905-6a74dc6f52b4 gEfiDns4ServiceBindingProtocolGuid
                    b64702da-e6b5-43c8-8ce8-d253071e9d6c RedfishRestExDxe
                    b65694cc-09e3-4c3b-b5cd-05f44d3cdbff gMmFvDispatchGuid
                    b6f44cc0-9e45-11df-be21-0002a5d5c51b MmcDxe
                    b73f81b9-1dfc-487c-824c-0509ee2b0128 DebugServicePei
                    b7946fea-15ef-43f4-9ff6-0f71e032ecf5 CryptoStandaloneMm
                    b7a5041a-78ba-49e3-b73b-54c757811fb6 IdeBusPei
                    b7dfb4e1-052f-449f-87be-9818fc91b733 gEfiRuntimeArchProtocolGuid
                    b7f50e91-a759-412c-ade4-dcd03e7f7c28 XhciDxe
                    b81bfab0-0eb3-4cf9-8465-7fa986361664 gEfiUfsDeviceConfigProtocolGuid
                    b855c7fe-a758-701f-a730-87f39c03467e gProcessorResourceHobGuid
                    b8969637-81de-43af-bc9a-24d98913f2f6 gHandleParsingHiiGuid
                    b8d8caf2-9e94-462c-a834-6c99fc05efcf gArmScmiClock2ProtocolGuid
                    b8d9777e-d72a-451f-9bdb-bafb52a68415 ArmCpuDxe
                    b8e62775-bb0a-43f0-a843-5be8b14f8ccd BootGraphicsResourceTableDxe
                    b91978df-9fc1-427d-bb05-4c828455ca27 gEfiSioControlProtocolGuid
                    b921b045-1df0-41c3-af44-4c6f280d3fae GPT: Linux root arm64
                    b9237513-6c44-4411-a990-21e556e05ade gEfiKmsFormatGeneric3072Guid
                    b95e9fda-26de-48d2-8807-1f9107ac5e3a UefiPxeBcDxe
                    b981a835-6ee8-4f4c-ae0b-210aa0bfbf01 RngDxe
                    b9a61ad0-2802-41f3-b513-9651ce6bd575 gOvmfTpmDiscoveredPpiGuid
                    b9bd9451-3dc8-48ea-a6f0-55753bf186f1 SampleUnitTestPei
                    b9c2b4f4-bf5f-462d-8adf-c5c70ac35dad gEfiDeviceSignatureDatabaseGuid
                    b9d4c360-bcfb-4f9b-9298-53c136982258 gEfiFormBrowser2ProtocolGuid
                    b9e0abfe-5979-4914-977f-6dee78c278a6 gEfiPeiLoadFilePpiGuid
                    ba23b311-343d-11e6-9185-5820b1d65299 gEfiHttpBootCallbackProtocolGuid
                    ba33f15d-4000-45c1-8e88-f91692d457e3 gMpInformationHobGuid
                    ba4fd21f-8443-4017-8d13-70ec92f4bd4c OsWdt
                    bab4f20f-0981-4b5f-a047-6ef83beeab3c EhciPei
                    baf1e6de-209e-4adb-8d96-fd8b71f3f683 gEfiEventUserProfileChangedGuid
                    bb00a5ca-08ce-462f-a537-43c74a825ca4 gEfiMpInitLibMpDepProtocolGuid
                    bb11ecfe-820f-4968-bba6-f76afe302596 gArmTokenSpaceGuid
                    bb25cf6f-f1d4-11d2-9a0c-0090273fc1fd gEfiSerialIoProtocolGuid
                    bb55aa97-c7f2-4f60-acc3-16f6e8b50779 gMmStatusCodeUseSerialHobGuid
                    bb62e663-625d-40b2-a088-bbe83623a245 gEfiEapManagementProtocolGuid
                    bb983ccf-151d-40e1-a07b-4a17be168292 gEfiMemoryOverwriteRequestControlLockGuid
                    bbe2668c-0efc-46fb-9137-4f2da8f419f3 ConsolePrefDxe
                    bc0fe6bb-2cc9-463e-9082-fa1176fc67de gEdkIIRedfishConfigHandlerProtocolGuid
                    bc13c2ff-59e6-4262-a352-b275fd6f7172 GPT: XBOOTLDR
                    bc1cfbdb-7e50-42be-b487-22e0a90cb052 gFspTempRamExitPpiGuid
                    bc41b0c2-9d8a-42b5-a28f-02ce0d4a6c28 IpmiDxe
                    bc62157e-3e33-4fec-9920-2d3b36d750df gEfiLoadedImageDevicePathProtocolGuid
                    bc7838d2-0f82-4d60-8316-c068ee79d25b lenovo_msg
                    bc964338-ee39-4fc8-a224-10108b17801b gGhcbApicIdsGuid
                    bcaf98c9-22b0-3b4f-9cbd-c8a6b4dbcee9 EmuSec
                    bcc87e0d-86d6-4d4d-8040-2d983d368bd1 EmuGopDxe
                    bcdaf080-1bde-4e22-ae6a-43541e128ec4 gEfiIsaHcProtocolGuid
                    bd445d79-b7ad-4f04-9ad8-29bd2040eb3c gEfiLockBoxProtocolGuid
                    bd44f629-eae7-4198-87f1-39fab0fd717e gFspEventEndOfFirmwareGuid
                    bd712601-082f-4c59-8677-2c8a3c297948 LoadFileOnFv2
                    bd8c1056-9f36-44ec-92a8-a6337f817986 gEfiEdidActiveProtocolGuid
                    bdb38125-4d63-49f4-8212-61cf5a190af8 gEfiUserInfoAccessSetupRestrictedGuid
                    bdb66787-fc8a-412e-a09b-8496618172c0 gArmCcaIpaWidthGuid
                    bdc8e6af-d9bc-4379-a72a-e0c4e75dae1c gEfiHttpServiceBindingProtocolGuid
                    bdce85bb-fbaa-4f4e-9264-501a2c249581 S3SaveStateDxe
                    bdea19e2-778f-473c-bf82-5e38d6a27765 CpuDxeRiscV64
                    bdefff48-1c31-49cd-a76d-929e60dbb9f8 gManageabilityPkgTokenSpaceGuid
                    bdfe430e-8f2a-4db0-9991-6f856594777e EhciDxe
                    be189d38-c963-41cf-b695-d90e9e545a13 UfsBlockIoPei
                    be71701e-b63c-4574-9c5c-3629e8eac414 gEdk2JedecSfdpSpiDxeDriverGuid
                    beaec34b-8442-439b-a40b-984381ed097d GPT: Linux usr riscv64
                    beaeffe1-0633-41b5-913c-9389339c2927 RedfishPlatformConfigDxe
                    bf0a78ba-ec29-49cf-a1c9-7ae54eab6a51 gEfiMtftp6ProtocolGuid
                    bf4b9d10-13ec-43dd-8880-e90b718f27de gEmbeddedDeviceGuid
                    bf7f2b0c-9f2f-4889-ab5c-12460022be87 Tcg2ConfigPei
                    bfd7dc1d-24f1-40d9-82e7-2e09bb6b4ebe gEfiDriverConfiguration2ProtocolGuid
                    """;
        }
    }

    static final class DigitC {
        private DigitC() {}

        static String lines() {
            return """
                    c02b67bb-3d19-4acc-a080-1bdb575f8f36 RedfishPlatformConfig
                    c076ec0c-7028-4399-a072-71ee5c448b9f gEfiCustomModeEnableGuid
                    c095791a-3001-47b2-80c9-eac7319f2fa4 gEfiFirmwarePerformanceGuid
                    c10194e7-deb2-4af4-9eee-bffde4d7d4c7 TimestampDxe
                    c12a7328-f81f-11d2-ba4b-00a0c93ec93b GPT: EFI System Partition
                    c1ab12f7-74aa-408d-a2f4-c6cefd179871 gEdkiiMigratedFvInfoGuid
                    c1c41626-504c-4092-aca9-41f936934328 gEfiCertSha256Guid
                    c1e63ac4-d0cf-4ce6-835b-eed0e6a8a45b gEfiPaddingRsaesOaepGuid
                    c1fcd448-6300-4458-b864-28df015364bc gEfiPeiLoadedImagePpiGuid
                    c2217ba7-03bb-4f63-a647-7c25c5fc9d73 gSmmBaseHobGuid
                    c23ce4ff-44bd-4b00-b2d4-b41b3419e02a GPT: Linux usr-verity-sig arm64
                    c2702b74-800c-4131-8746-8fb5b89ce4ac gEfiMmAccessProtocolGuid
                    c280c73e-15ca-11da-b0ca-001083ffca4d gEfiAuthenticationChapLocalGuid
                    c28bccd6-3b42-4896-9931-62ccc5df91b8 SampleUnitTestSmmGenerateException
                    c2f9ae46-3437-4fef-9cb1-9a568b282fee FspSecCoreM
                    c3099578-f815-4a96-84a3-fc593760181d SmmControlRuntimeDxe
                    c31c45e6-3f39-412e-80fb-4809c4980599 GPT: Linux root ppc64-le
                    c32a66d5-d8b7-2640-b768-082c8f083c37 ThunkPpiToProtocolPei
                    c3f6d062-3d38-4ea4-92b1-e8f8022763df gEdkIIRedfishHostInterfaceReadyProtocolGuid
                    c41f0579-5598-40f1-95db-3983c8ebbe2a XenSmbiosPlatformDxe
                    c491d352-7623-4843-accc-2791a7574421 gDefaultdbFileGuid
                    c4a58d6d-3677-49cb-a00a-9470765fb55e gAddPerfRecordProtocolGuid
                    c4d1f932-821f-4744-bf06-6d30f7730f8d Ps2KeyboardDxe
                    c5149b43-ae85-4f53-9982-b94335d3a9e7 gEfiRngAlgorithmSp80090Hmac256Guid
                    c51711e7-b4bf-404a-bfb8-0a048ef1ffe4 gEfiIp4ServiceBindingProtocolGuid
                    c5184932-dba5-46db-a5ba-cc0bda9c1435 gEfiHashProtocolGuid
                    c5753963-3b84-4095-bf78-eddad3f9c9dd gEfiPciBusErrorSectionGuid
                    c57ad6b7-0515-40a8-9d21-551652854e37 shell
                    c5a010fe-38a7-4531-8a4a-0500d2fd1649 gOvmfSevMemoryAcceptanceProtocolGuid
                    c5b9c74a-6d72-4719-99ab-c59f199091eb SemihostFs
                    c5bc0719-4a23-4f6e-94da-05fb6a0dfa9c Fsp24SecCoreM
                    c5f25542-2a79-4a26-81bb-4ea63233b309 gEdkiiNonDiscoverableNvmeDeviceGuid
                    c61ef796-b50d-4f98-9f78-4f6f79d800d5 MemoryInit
                    c6760651-a38d-5f4f-aeaf-f6661549df75 EmuBlockIo
                    c67e48a0-5eb8-4127-be89-df2ed93d8a9a gGblEfiFastbootProtocolGuid
                    c68daa4e-7ab5-41e8-a91d-5954421053f3 BlSupportDxe
                    c68ed8e2-9dc6-4cbd-9d94-db65acc5c332 gEfiMmCommunicationProtocolGuid
                    c6df98f2-5ec0-4a94-8c11-9a9828ef03f2 WifiConnectionManagerDxe
                    c74e5db2-fa96-4ae2-b399-15977fe3002d gEfiSpiHcProtocolGuid
                    c770a27f-956a-497a-8548-e06197588bf6 gRecoveryOnFatNvmeDiskGuid
                    c779f6d8-7113-4aa1-9648-eb1633c7d53b CapsulePei
                    c77c3a41-61ab-4143-983e-3339280628e5 gEdkiiCpuFeaturesInitDoneGuid
                    c79dc53b-afcd-4a6a-ad94-a76a3fa9e9c2 gEdkiiPeiMigrateTempRamPpiGuid
                    c7d35798-e4d2-4a93-b145-54889f02584b gEdkiiNonDiscoverableAhciDeviceGuid
                    c8339973-a563-4561-b858-d8476f9defc4 Metronome
                    c85d06be-5f75-48ce-a80f-1236ba3b87b1 gEdkiiPerformanceMeasurementProtocolGuid
                    c88b0b6d-0dfc-49a7-9cb4-49074b4c3a78 gEfiStorageSecurityCommandProtocolGuid
                    c89c359c-d316-4ff8-a98f-607d2ced1fed gUniversalPayloadSerialPortParentDeviceInfoGuid
                    c9122295-56ed-4d4e-06a6-508d894d3e40 gFspApiPerformanceGuid
                    c937fcb7-25ac-4376-89a2-4ea8b317de83 SecureBootDefaultKeysDxe
                    c96c76eb-bc78-429c-9f4b-da5178c28457 gTpmNvsMmGuid
                    c9faf091-57f8-a64c-a07a-445b124f0d93 FlashMapPei
                    ca37bc1f-a327-4ae9-828a-8c40d8506a17 gEfiDns6ProtocolGuid
                    ca3d995f-3291-45af-b50a-7c8ae584d857 varpolicy
                    ca5590af-9558-4822-b5ea-be2e876cd3ec FV: BDSFV
                    ca6eb4f4-f1d6-4375-97d6-18856871e1bf NetworkCommon
                    ca7d7ccb-63ed-4c53-861c-1742536059cc GPT: Linux LUKS
                    caa4381e-750c-4770-b870-7a23b4e42130 gEfiHashAlgorithmSha512Guid
                    cab0e94c-e15f-11e3-918d-b8e8562cbafa gEfiBootManagerPolicyConsoleGuid
                    cae3aa63-676f-4da3-bd50-6cc5edde9aad gEdkiiPeiNvmExpressHostControllerPpiGuid
                    cb871572-c11a-47b5-b492-675eafa77727 gEfiDiskInfoUsbInterfaceGuid
                    cb933912-df8f-4305-b1f9-7b44fa11395c AcpiPlatform
                    cbd2e4d5-7068-4ff5-b462-9822b4ad8d60 VariableRuntimeDxe
                    cc5263e8-9308-454a-89d0-340bd39bc98e gEfiEventNotificationTypeInitGuid
                    cccb0c28-4b24-11d5-9a5a-0090273fc14d GraphicsConsoleDxe
                    ccd15fec-6f73-4eec-8395-3e69e4b940bf gRiscVEfiBootProtocolGuid
                    cce33c35-74ac-4087-bce7-8b29b02eeb27 gEfiConfProfilesEbbrSpec21Guid
                    cd167c1e-6e0b-42b3-82f6-e3e906199810 gFspReadyForNotifyPhasePpiGuid
                    cd3bafb6-50fb-4fe8-8e4e-ab74d2c1a600 EnglishDxe
                    cd3d0a05-9e24-437c-a891-1ee053db7638 gEdkiiVariableLockProtocolGuid
                    cd660a87-454b-4346-a35c-3d89bf8ecfaf MmVariablePei
                    cd68fe79-d3cb-436e-a850-f443c88cfb49 gEfiBootManagerPolicyStorageGuid
                    cd72881f-45b5-4feb-98c8-313da8117462 gEfiI2cMasterProtocolGuid
                    cd9b99d9-e86f-48cf-a8eb-20120ac22666 IpmiFru
                    cdd5d1de-e3d3-4b1f-8689-dcc661561bb4 IpmiSmm
                    cdea2bd3-fc25-4c1c-b97c-b31186064990 gEfiBootLogoProtocolGuid
                    cdec3671-816e-43dc-a002-dcd645229338 I2cHostDxe
                    ce345171-ba0b-11d2-8e4f-00a0c969723b gEfiDiskIoProtocolGuid
                    ce5e5929-c7a3-4602-ad9e-c9daf94ebfcf gEfiIpSecConfigProtocolGuid
                    ceab683c-ec56-4a2d-a906-4053fa4e9c16 gEfiTemporaryRamDonePpiGuid
                    ced5a8a9-b6ea-4d5a-8689-577ee88566cf FitUniversalPayloadEntry
                    cefea14f-9f1a-4774-8d18-79938d48fe7d gEdkiiTcg2AcpiCommunicateBufferHobGuid
                    cf31fac5-c24e-11d2-85f3-00a0c93ec93b EDD10 hardware vendor path
                    cf569f50-de44-4f54-b4d7-f4ae25cda599 XenIoPciDxe
                    cf8034be-6768-4d8b-b739-7cce683a9fbe gEfiPciHostBridgeResourceAllocationProtocolGuid
                    cf93c01f-1a16-4dfc-b8bc-9c4daf67c104 gEfiEventNotificationTypePcieGuid
                    """;
        }
    }

    static final class DigitD {
        private DigitD() {}

        static String lines() {
            return """
                    d04159dc-e15f-11e3-b261-b8e8562cbafa gEfiBootManagerPolicyNetworkGuid
                    d071a3b4-3ec1-40c5-bef8-d0bd4a2446f0 PayloadLoaderPeim
                    d178f11d-8716-418e-a131-967d2ac42843 gEdkiiMicrocodePatchHobGuid
                    d1a86e3f-0707-4c35-83cd-dc2c29c891a3 gEdkiiNvVarStoreFormattedGuid
                    d1c17aa1-cac5-400f-be17-e2a2ae06677c gEfiKmsFormatMd4128Guid
                    d26c221e-2430-4c8a-9170-3fcb4500413f gTcgEvent2EntryHobGuid
                    d27fed59-abb4-4fed-bead-2a878c7e4a7e SmbiosMeasurementDxe
                    d2b2b828-0826-48a7-b3df-983c006024f0 gEfiStatusCodeRuntimeProtocolGuid
                    d2c18636-40e5-4eb5-a31b-36695fd42c87 gEfiShellEnvironment2ExtGuid
                    d317f29b-a325-4712-9bf1-c61954dc198c gEfiSmartCardEdgeProtocolGuid
                    d326d041-bd31-4c01-b5a8-628be87f0653 gEfiSmmFirmwareVolumeBlockProtocolGuid
                    d382db1b-9ac2-11f0-84c7-047bcba96019 gGblEfiBootControlProtocolGuid
                    d3987d4b-971a-435f-8caf-4967eb627241 gEdkiiSerialPortLibVendorGuid
                    d3b36f2b-d551-11d4-9a46-0090273fc14d gEfiConsoleInDeviceGuid
                    d3b36f2c-d551-11d4-9a46-0090273fc14d gEfiConsoleOutDeviceGuid
                    d3b36f2d-d551-11d4-9a46-0090273fc14d gEfiStandardErrorDeviceGuid
                    d3b46f3b-d441-1244-9a12-0012273fc14d gEfiXenInfoGuid
                    d40b6b80-97d5-4282-bb1d-223a16918058 gEfiNvdimmLabelProtocolGuid
                    d40f321f-5349-4724-b667-131670587861 Tcg2StandaloneMm
                    d42ae6bd-1352-4bfb-909a-ca72a6eae889 gLzmaF86CustomDecompressGuid
                    d432a67f-14dc-484b-b3bb-3f0291849327 gEfiDiskInfoProtocolGuid
                    d487ddb4-008b-11d9-afdc-001083ffca4d Serial Attached SCSI (SAS)
                    d49d2eb0-44d5-4621-9fd6-1a92c9109b99 HiiResourcesSample
                    d4f0f269-1209-4a66-8039-c4d5a700ea4e UniversalPayloadEntry
                    d56b6d73-1a7b-4015-9bb4-7b071729ed24 gEdkiiSmmPerformanceMeasurementProtocolGuid
                    d5f92408-bab5-44ca-8a60-c212f01d7e9d AcpiPlatform
                    d6062b50-15ca-11da-9219-001083ffca4d gEfiAuthenticationChapRadiusGuid
                    d6099b94-cd97-4cc5-8714-7f6312701a8a VirtioGpuDxe
                    d6a2cb7f-6a18-4e2f-b43b-9920a733700a DxeCore
                    d719b2cb-3d3a-4596-a3bc-dad00e67656f EFI_IMAGE_SECURITY_DATABASE_GUID
                    d76bfd9c-0b6d-46bd-ad66-2bbb6fa7031a CpuExceptionHandlerDxeTest
                    d77baa84-b332-4463-9f1d-ce8100fe7f35 gEdkiiS3MtrrSettingGuid
                    d79df6b0-ef44-43bd-9797-43e93bcf5fa8 gVlanConfigFormSetGuid
                    d7c74207-a831-4a26-b1f5-d193065ce8b6 gEfiAdapterInfoMediaStateGuid
                    d7e5abe9-33ab-418e-9f91-72dae2ba8e2f gArmScmiBaseProtocolGuid
                    d7e69789-1f68-45e8-96ef-3b6407a5b2dc gEfiKmsFormatAescbc256Guid
                    d8117cfe-94a6-11d4-9a3a-0090273fc14d gEfiDecompressProtocolGuid
                    d85a4835-5a82-4894-ac02-706f43d5978e gEdkiiConfigurationManagerProtocolGuid
                    d88f894b-9287-4706-8b28-f716ae4d35c7 PiSmmCpuStandaloneMm
                    d90b03a8-2df5-4174-9ec1-c6e5b12b334b PeilessSec
                    d912c7bc-f098-4367-92ba-e911083c7b0e Udp6Dxe
                    d93ce3d8-a7eb-4730-8c8e-cc466a9ecc3c ReportStatusCodeRouterRuntimeDxe
                    d9760ff3-3cca-4267-80f9-7527fafa4223 gEfiMtftp6ServiceBindingProtocolGuid
                    d995e954-bbc1-430f-ad91-b44dcb3c6f35 gEfiPcieErrorSectionGuid
                    d9b35295-d8bb-463e-b7ec-1fd05e5687c1 RngPei
                    d9bee56e-75dc-49d9-b4d7-b534210f637a gEfiCertDbGuid
                    d9d114ef-f40b-4d48-aaa0-a3dc99c9f5bd DebugAgentPei
                    d9dcc5df-4007-435e-9098-8970935504b2 PlatformDxe
                    da1b0d11-d1a7-46c4-9dc9-f3714875c6eb gVarCheckPolicyLibMmiHandlerGuid
                    da383315-906b-486f-80db-847f268451e4 gNVMeEnableCompleteEventGroupGuid
                    da836f8d-217f-4ca0-99c2-1ca4e16077ea gEfiHash2ServiceBindingProtocolGuid
                    da83fbdc-ecfe-4094-9ed3-eafd1342333f PldmProtocolDxe
                    da8ccdf4-ed8f-4ffc-b5ef-2ef55e24932a gShellAcpiViewHiiGuid
                    da8cd7c4-1c00-49e2-803e-5214e701894c gEfiI2cEnumerateProtocolGuid
                    db47d7d3-fe81-11d3-9a35-0090273fc14d gEfiFileSystemVolumeLabelInfoIdGuid
                    db4e8151-57ed-4bed-8833-6751b5d1a8d7 gConnectConInEventGuid
                    dbc461c3-b3de-422a-b9b4-9886fd49a1e5 gEfiJsonCapsuleResultTableGuid
                    dbc6381f-5554-4d14-8ffd-76d787b8acbf gIpmiProtocolGuid
                    dbe23aa1-a342-4b97-85b6-b226f1617389 gEfiPayLoadHobBasePpiGuid
                    dbe23aa9-a345-4b97-85b6-b226f1617389 gEfiTemporaryRamSupportPpiGuid
                    dc2a58a6-5927-4776-b995-d118a27335a2 PrmSampleAcpiParameterBufferModule
                    dc3641b8-2fa8-4ed3-bc1f-f9962a03454b Mtftp4Dxe
                    dc3ea0b0-a144-4797-b95b-53fa242b6e1d gEfiIa32X64ProcessorErrorSectionGuid
                    dc54b283-1a77-4cd6-83bb-fdda469a2ec6 gEdkiiPeiUfsHostControllerPpiGuid
                    dc7e8613-c4bb-4db0-8462-13511357abe2 gEfiKmsFormatAesxts256Guid
                    dc886566-984a-4798-a75e-5585a7bf67cc OVMF SEV metadata offset
                    dc952d08-c62b-41c6-bac7-70ed054f91e5 Pkcs7VerifyDxe
                    dcbc3662-9cda-4b52-a04c-82eb1d2348c7 gEfiKmsFormatMd5128Guid
                    dcbe6d66-d928-4138-8041-358f35cbcf80 IsaBusDxe
                    dcd0be23-9586-40f4-b643-06522ced4ede gEfiPeiSecurity2PpiGuid
                    dce1b094-7dc6-45d0-9fdd-d7fc3cc3e4ef QemuRamfbDxe
                    dcfa911d-26eb-469f-a220-38b7dc461220 gEfiMemoryAttributesTableGuid
                    dd4a4648-2de7-4665-964d-21d9ef5fb446 gEfiCcFinalEventsTableGuid
                    dd9e7534-7762-4698-8c14-f58517a625aa gEfiSimpleTextInputExProtocolGuid
                    dda0d135-aa5b-42ff-85ac-e3ad6efb4619 gGblEfiOsConfigurationProtocolGuid
                    ddcf3616-3275-4164-98b6-fe85707ffe7d gEfiVariableGuid
                    de05b887-a2ef-4d81-bffe-ff9cde458753 MmCommunicationNotifyDxe
                    de371f7c-dec4-4d21-adf1-593abcc15882 ArmGicDxe
                    de94bba4-06d1-4d40-a16a-bfd50179d6ac GPT: Windows recovery
                    dec5daa4-6781-4820-9c63-a7b0e4f1db31 gShellLevel1HiiGuid
                    dec9b486-1f16-47c7-8f68-df1a41888ba5 gUefiOvmfPkgPlatformInfoGuid
                    ded60489-979c-4b5a-8ee4-4068b0cc38dc OpalPasswordPei
                    deee58d9-5147-4ad3-a290-77666e2341a5 gPsaFwuImageDirectoryGuid
                    df0fcd70-264a-40bf-bbd4-06c76db19cb1 Fsp22SecCoreS
                    df1ccef6-f301-4a63-9661-fc6030dcc880 SecMain
                    df3300ce-d69f-4c92-978c-9bfb0f38d820 GPT: Linux root-verity arm64
                    df5a6fed-8786-4a9d-9d02-eab39497b4a1 BaseLibUnitTestsUefi
                    dfa66065-b419-11d3-9a2d-0090273fc14d EFI_VT_100
                    dfb386f7-e100-43ad-9c9a-ed90d08a5e12 gEfiIpSecProtocolGuid
                    """;
        }
    }

    static final class DigitE {
        private DigitE() {}

        static String lines() {
            return """
                    e039988b-0f21-4d95-ae34-c469b10e13f8 Fsp24SecCoreS
                    e0653829-274e-4b1e-872d-a220f5af8f3d gEfiFirmwareInfoHobGuid
                    e09f355d-dae8-4910-b14a-92780fdcf7cb gEdkiiPlatformSpecificResetNotificationPpiGuid
                    e0c14753-f9be-11d2-9a0c-0090273fc14d EFI_PC_ANSI
                    e0d8ca17-4276-4386-bb79-48cb813d3c4f gEmbeddedTokenSpaceGuid
                    e113f896-75cf-f640-817f-c85a79e8ae67 gEmuThunkPpiGuid
                    e11faca0-4710-4c8e-a7a2-01baa2591b4c gFdtClientProtocolGuid
                    e18541cd-f755-4f73-928d-643c8a79b229 gEfiNetworkInterfaceIdentifierProtocolGuid
                    e19e3d16-bc11-11e4-9caa-c2051d5d46b0 gEfiArmProcessorErrorSectionGuid
                    e1c1d0a9-40b1-4632-bdcc-d9d6e5295631 gEfiPaddingRsaesPkcs1V1P5Guid
                    e20939be-32d4-41be-a150-897f85d49829 gEfiMemoryOverwriteControlDataGuid
                    e21f35a8-42ff-4050-82d6-93f7cdfa7073 PiSmmCommunicationSmm
                    e22bbcca-516a-46a8-80e2-6745e83693bd gEdkiiSmmMemoryProfileGuid
                    e2775b47-d453-4ee3-ada7-391a1b05ac17 PciSioSerialDxe
                    e2b36190-879b-4a3d-ad8d-f2e7bba32784 gEfiCertRsa2048Sha256Guid
                    e2c3bc69-615c-4b5b-8e5c-a033a9c25ed6 gTcg800155PlatformIdEventHobGuid
                    e2d8a63c-c239-484f-bb21-2917843cc382 SmbiosPlatformDxe
                    e2ea6f47-e678-47fa-8c1b-02a03e825c6e TcgMorLockSmm
                    e3121a26-bb1c-4a18-8e23-2ea3f0412248 CpuIo2StandaloneMm
                    e3752948-b9a1-4770-90c4-df41c38986be QemuVideoDxe
                    e37b5665-5ef9-4e7e-b491-d678abfffbcb gEfiDeviceSecuritySpdmUidGuid
                    e3c9e316-0b5c-4db8-817d-f92df00215ae GPT: Microsoft reserved
                    e3e4048d-6c0c-43e4-ae1c-ffb579d8ef41 OpalPasswordDxe
                    e43176d7-b6e8-4827-b784-7ffdc4b68561 gEfiRngAlgorithmRaw
                    e4364a7f-f825-430e-9d3a-9c9be6817ca5 gEdkiiLinuxTermGuid
                    e452cabd-5fe1-4d97-8161-e80ed6a409a8 VirtNorFlashDxe
                    e47a6535-984a-4798-865e-4685a7bf8ec2 OVMF TDX metadata offset
                    e49d33ed-513d-4634-b698-6f55aa751c1b gEfiSmbusHcProtocolGuid
                    e4f61863-fe2c-4b56-a8f4-08519bc439df VlanConfigDxe
                    e58809f8-fbc1-48e2-883a-a30fdc4b441e gEfiIfrFrontPageGuid
                    e59cd769-5083-4f26-9094-6c919f916c4e gEdkiiAtaAtapiPolicyProtocolGuid
                    e5b58dbb-7688-44b4-97bf-5f1d4b7cc8db gEfiEapConfigurationProtocolGuid
                    e5cb2ac9-d35d-4430-936e-1de332478de7 gEfiGraphicsDeviceInfoHobGuid
                    e5dd1403-d622-c24e-8488-c71b17f5e802 gEfiAdapterInformationProtocolGuid
                    e622443c-284e-4b47-a984-fd66b482dac0 BootManagerPolicyDxe
                    e660ea85-058e-4b55-a54b-f02f83a24707 DisplayEngine
                    e6af1f7b-fc3f-46da-a828-a3b457a44282 gEfiPeiCpuIoPpiInstalledGuid
                    e6d6d379-f507-44c2-a23c-238f2a3df928 GPT: Linux LVM
                    e701458c-4900-4ca5-b772-3d37949f7927 gStatusCodeCallbackGuid
                    e70febf6-13ef-4a21-899e-b236f825ffc9 gEfiPeiMmCommunication3PpiGuid
                    e7402821-2654-4c1b-990e-048f8d82cf67 gMmAcpiS3EnableHobGuid
                    e750224e-7bce-40af-b5bb-47e3611eb5c2 TdxDxe
                    e7b2cd04-4b14-44c2-b748-ceaf2b664ab0 gEdkiiPeiVariablePpiGuid
                    e7bb33fb-06cf-4e81-8273-e543b413e2e2 GPT: Linux usr-verity-sig x86-64
                    e7f1c4a6-0a52-4f61-bd98-9e60b559452a gGblEfiAvfProtocolGuid
                    e7f1dff9-dab6-498a-9adf-57f344eddf57 UfsPassThruDxe
                    e854f900-6b7a-448d-8689-736eb96875bf SampleUnitTestUefiShellGenerateException
                    e857caf6-c046-45dc-be3f-ee0765fba887 gEfiS3SaveStateProtocolGuid
                    e8f56ffe-919c-4cc5-ba88-65abe14913bb gEfiEventNotificationTypeMceGuid
                    e93465c1-9a31-4c96-9256-220ae180b41b gEdkiiMctpProtocolGuid
                    e94f54cd-81eb-47ed-aec3-856f5dc157a9 PiSmmCore
                    e98adb03-b8b9-4af8-ba20-26e9114cbce5 gEfiUserCredential2ProtocolGuid
                    e9ca4775-8657-47fc-97e7-7ed65a084324 gEfiHiiFontProtocolGuid
                    e9db0d58-d48d-47f6-9c6e-6f40e86c7b41 gPeiTpmInitializedPpiGuid
                    e9f02217-2093-4470-8a54-5c2cffe73ecb gEfiSpiSmmHcProtocolGuid
                    ea296d92-0b69-423c-8c28-33b4e0a91268 gPcdDataBaseHobGuid
                    ea67ca3e-1f54-436b-9788-d4eb29c34267 gEarly16550UartBaseAddressGuid
                    ea7ca24b-ded5-4dad-a389-bf827e8f9b38 gEfiPeiFirmwareVolumeInfo2PpiGuid
                    eadd5061-93ef-4ccc-8450-f78a7f0820f0 Tcg2ConfigPei
                    eaed0a7e-1a70-4c2b-8558-37177456d806 gEfiRngPpiGuid
                    eaee5615-0cfd-45fc-8769-a0d85695af85 gEdkiiNonDiscoverableEhciDeviceGuid
                    eaeedef9-abe7-4b95-82b0-5a534c899b46 ReportStatusCodeRouterStandaloneMm
                    eaf9e3c1-c9cd-46db-a5e5-5a124c832323 gEdkiiSdMmcOverrideProtocolGuid
                    eb23f55a-7863-4ac2-8d3d-956535de0375 gEfiIncompatiblePciDeviceSupportProtocolGuid
                    eb338826-681b-4295-b356-2b364c757b09 gEfiFtp4ProtocolGuid
                    eb346b97-975f-4a9f-8b22-f8e92bb3d569 gEfiMmCpuProtocolGuid
                    eb4eb21f-5a3d-40be-8bd2-f1b0e38e5744 LsiScsiDxe
                    eb5e4685-ca66-4769-b6a2-26068b001326 gEfiPciDevErrorSectionGuid
                    eb66918a-7eef-402a-842e-931d21c38ae9 gEfiRtPropertiesTableGuid
                    eb704011-1402-11d3-8e77-00a0c969723b gMtcVendorGuid
                    eb97088e-cfdf-49c6-be4b-d906a5b20e86 gEfiAcpiSdtProtocolGuid
                    eb9d2d2f-2d88-11d3-9a16-0090273fc14d gEfiMpsTableGuid
                    eb9d2d30-2d88-11d3-9a16-0090273fc14d gEfiAcpi10TableGuid
                    eb9d2d31-2d88-11d3-9a16-0090273fc14d gEfiSmbiosTableGuid
                    eba4e8d2-3858-41ec-a281-2647ba9660d0 EFI_DEBUGPORT_PROTOCOL
                    ebc01af5-07a9-489e-b7ce-dc089e459b2f gEdkiiUfsHostControllerProtocolGuid
                    ebd0a0a2-b9e5-4433-87c0-68b6b72699c7 GPT: Microsoft basic data
                    ebd705fb-fa92-46a7-b32b-7f566d944614 SP805WatchdogDxe
                    ebe7802f-5e11-4d4e-b463-22d2425d156b StatusCodeHandlerStandaloneMm
                    ebe7bae8-fe18-43c5-bf3f-f2b1afb2dfb8 gArmTransferListHobGuid
                    ebf342fe-b1d3-4ef8-957c-8048606ff671 SetupBrowser
                    ebf8ed7c-0dd1-4787-84f1-f48d537dcacf DriverHealthManagerDxe
                    ebfbcba7-1f9e-42f7-842e-86a63b2710d6 Tcg2StandaloneMmArm
                    ec20eb79-6c1a-4664-9a0d-d2e4cc16d664 gEfiTcp6ServiceBindingProtocolGuid
                    ec2beeca-e84a-445b-869b-f7a73c96f58a LegacyRegion2Dxe
                    ec3a978d-7c4e-48fa-9abe-6ad91cc8f811 gEfiKmsProtocolGuid
                    ec4ebacb-2638-416e-be80-e5fa4b511901 gUniversalPayloadPciRootBridgeInfoGuid
                    ec835dd3-fe0f-617b-a621-b350c3e13388 gEfiIp6ServiceBindingProtocolGuid
                    ec8a3d69-6ddf-4108-9476-7337fc522136 gEfiKmsFormatGeneric128Guid
                    eca2ae9e-7594-4901-871c-449da1a11660 I2cDxe
                    ecebcb00-d9c8-11e4-af3d-8cdcd426c973 HttpBootDxe
                    ed32d533-99e6-4209-9cc0-2d72cdd998a7 gEfiSmmVariableProtocolGuid
                    ed54ee8c-ef7a-41f2-83d5-0e0d4cd88c21 BaseCryptLibUnitTestShell
                    ed6e0531-f715-4a3d-9b12-c1ca5ef698a2 gIntelFsp2PkgTokenSpaceGuid
                    edade92c-5c48-440d-849c-e2a0c7e55143 gGblEfiFastbootTransportProtocolGuid
                    edadeb9d-ddba-48bd-9d22-c1c169c8c5c6 CpuMpPei
                    edd35e31-07b9-11d2-83a3-00a0c91fadcf gBootObjectAuthorizationParmsetGuid
                    ee16160a-e8be-47a6-820a-c6900db0250a gEfiPeiMpServicesPpiGuid
                    ee4cd885-d104-4056-84ba-461882a72a18 gPrmHiiGuid
                    ee4e5898-3914-4259-9d6e-dc7bd79403cf gLzmaCustomDecompressGuid
                    ee9b8d90-c5a6-40a2-bde2-52558d33cca1 gEfiMmUsbDispatchProtocolGuid
                    eec25bdc-67f2-4d95-b1d5-f81b2039d11d BootManagerMenuApp
                    eed5ea31-38e2-463d-b623-2c57702b8a1c SectionExtractionPei
                    ef398d58-9dfd-4103-bf94-78c6f4fe712f gEfiPeiResetPpiGuid
                    ef437878-34dd-4879-8fd3-b60a403cd063 gManageabilityTransportSerialGuid
                    ef598499-b25e-473a-bfaf-e7e57dce82c4 gTpmErrorHobGuid
                    ef9aefe5-2bd3-4031-af7d-5efe5abb9a0d gPeiLockPhysicalPresencePpiGuid
                    ef9fc172-a1b2-4693-b327-6d32fc416042 gEfiHiiDatabaseProtocolGuid
                    efa96432-de33-4dd2-aee6-328c33df777a gEfiHashAlgorithmSha384Guid
                    efab3427-4793-4e9e-aa29-880c9a775b5f gMemoryAttributeManagerFormSetGuid
                    efefd093-0d9b-46eb-a856-48350700c908 gEfiHiiImageDecoderNameJpegGuid
                    """;
        }
    }

    static final class DigitF {
        private DigitF() {}

        static String lines() {
            return """
                    f00497e3-bfa2-41a1-9d29-54c2e93721c5 gEfiStandaloneMmNonSecureBufferGuid
                    f01bed57-04bc-4f3f-9660-d6f2ea228259 gEfiLegacySpiFlashProtocolGuid
                    f05976ef-83f1-4f3d-8619-f7595d41e538 gEfiPrint2ProtocolGuid
                    f062221e-c607-44c2-b0b4-c3886331d351 TdTcg2Dxe
                    f0966b41-c23f-41b9-9604-0ff7e111965a gEdkiiPlatformHasAcpiGuid
                    f099d67f-71ae-4c36-b2a3-dceb0eb2b7d8 WatchdogTimer
                    f0a30bc7-af08-4556-99c4-001009c93a44 gEfiSecureBootEnableDisableGuid
                    f0e6a44f-7195-41c3-ac64-54f202cd0a21 SecureBootConfigDxe
                    f112a6ee-993a-4f0b-8295-e52029d9b4ba XenPlatformPei
                    f12f698a-e506-4a1b-b32e-6920e55da1c4 TpmMmioSevDecryptPei
                    f141b1e5-9c7c-44cc-afaa-e87d7689b113 VirtioInputDxe
                    f1e468e2-a32d-4574-895d-6d82b27b08bc EfiMpServiceProtocolDxeUnitTest
                    f22fc20c-8cf4-45eb-8e06-ad4e50b95dd3 gEfiHiiDriverHealthFormsetGuid
                    f26c503b-bd8e-4274-a80b-2c4e20fada6e PrmInfo
                    f2ba331a-8985-11db-a406-0040d02b1835 gEmuVirtualDisksGuid
                    f2bdcc96-8985-11db-8719-0040d02b1835 gEmuPhysicalDisksGuid
                    f2fd1544-9794-4a2c-992e-e5bbcf20e394 gEfiSmbios3TableGuid
                    f33e1bf3-980b-4bfb-a29a-b29c86453732 gEfiMmEndOfPeiProtocol
                    f3552032-8985-11db-8429-0040d02b1835 RealTimeClock
                    f36ff770-a7e1-42cf-9ed2-56f0f271f44c gEfiManagedNetworkServiceBindingProtocolGuid
                    f3794b60-8985-11db-8e53-0040d02b1835 Cpu
                    f3d301bb-f4a5-45a8-b0b7-fa999c6237ae gShellNetwork1HiiGuid
                    f3fe0e33-ea38-4069-9fb5-be23407207c7 ProcessorSubClass
                    f44c00ee-1f2c-4a00-aa09-1c9f3e0800a3 gEfiArpServiceBindingProtocolGuid
                    f4560cf6-40ec-4b4a-a192-bf1d57d0b189 gEfiMemoryAttributeProtocolGuid
                    f46b2eb2-e0d7-4c96-a3b1-0c61bb245c42 gEdkiiSmmCryptoProtocolGuid
                    f46ee6f4-4785-43a3-923d-7f786c3c8479 lenovo_startup_interrupt
                    f4b427bb-ba21-4f16-bc4e-43e416ab619c gEfiArpProtocolGuid
                    f4ccbfb7-f6e0-47fd-9dd4-10a8f150c191 gEfiMmBaseProtocolGuid
                    f541796d-a62e-4954-a775-9584f61b9cdd gEfiTcgProtocolGuid
                    f585ca19-881b-44fb-3f3d-81897c57bb01 gEfiSmmStoreInfoHobGuid
                    f5e655d9-02a6-46f2-9e76-b8be8e60ab22 gEfiIfrRefreshIdOpGuid
                    f6394dd2-bafd-4d8e-999e-7590df8fc546 WsmtDxe
                    f66447d4-75a6-463e-a819-077f2dda05e9 gEfiKmsFormatRsasha12048Guid
                    f6697ac4-a776-4ee1-b643-1feff2b615bb IncompatiblePciDeviceSupportDxe
                    f66b54d6-0eb0-410e-a5a5-c76a739c5f5d SampleUnitTestPeiGenerateException
                    f6bec3fe-88fb-11e3-ae84-e73b77561c35 FastbootTransportUsbDxe
                    f6ee6dbb-d67f-4ea0-8b96-6a71b19d84ad gEdkiiStatusCodeDataTypeVariableGuid
                    f7102853-7787-4dc2-a8a8-21b5dd05c89b hiifontglyphgen
                    f7234a14-0df2-46c0-ad28-90e6b883a72f gEfiMmCommunication3ProtocolGuid
                    f74d20ee-37e7-48fc-97f7-9b1047749c69 LogoDxe
                    f7ad60f8-efa8-44a3-9113-231f399eb4c7 gEfiKmsFormatMdc2128Guid
                    f7d9fd14-9335-4389-80c5-334d6abfcced ArmVirtPrePiUniCoreRelocatable
                    f7fde4a6-294c-493c-b50f-9734553bb757 CapsuleX64
                    f80697e9-7fd6-4665-8646-88e33ef71dfc SecurityStubDxe
                    f8626165-6ceb-924a-bafc-f13ab9d65728 gEmuSystemConfigGuid
                    f866226a-eaa5-4f5a-a90a-6cfba57c588e gSmmPerformanceProtocolGuid
                    f8775d50-8abd-4adf-92ac-853e51f6c8dc gIoMmuAbsentProtocolGuid
                    f88c9c23-646c-4f6c-8e3d-36a943c10835 gTraceHubDebugInfoHobGuid
                    f894643d-c449-42d1-8ea8-85bdd8c65bde gEfiPeiMemoryDiscoveredPpiGuid
                    f8e21975-0899-4f58-a4be-5525a9c6d77a gEfiHobMemoryAllocModuleGuid
                    f8e5058c-ccb6-4714-b220-3f7e3a640bd1 gEfiUserCredentialClassPasswordGuid
                    f95a7ccc-4c55-4426-a7b4-dc8961950bae gShellLevel2HiiGuid
                    f9886b57-8a35-455e-bbb1-14655e7be7ec gAcpiTableHobGuid
                    f9d88642-0737-49bc-81b5-6889cd57d9ea SmbiosDxe
                    f9f1dbb9-1be5-4c3d-b817-e6d80db52403 gFspSmmBootLoaderFvContextHobGuid
                    fa0a48ac-767d-4c88-b70c-ec54c8b900c4 XenAcpiPlatform
                    fa20568b-548b-4b2b-81ef-1ba08d4a3cec BootScriptExecutorDxe
                    fa431c3c-816b-4b32-a3e0-ad9b7f64272e gEdkiiPldmSmbiosTransferProtocolGuid
                    fa920010-6785-4941-b6ec-498c579f160a gVirtioDeviceProtocolGuid
                    fab5d4f4-83c0-4aaf-8480-442d11df6cea VirtioScsiDxe
                    fad7933a-6c21-4234-a434-0a8a0d2b0781 gEfiIsaHcServiceBindingProtocolGuid
                    fb6d9542-612d-4f45-872f-5cff52e93dcf gEfiPeiRecoveryModulePpiGuid
                    fbc36d76-cf22-2584-dbd8-85ff765baef1 CpuMmio2Dxe
                    fbfca56b-bb36-4b78-aaab-be1b97ec7ccb gEdkiiXtermR6Guid
                    fc06b535-5e1f-4562-9f25-0a3b9adb63c3 gEfiIa32X64ErrorTypeTlbCheckGuid
                    fc097b3c-2ebd-4a75-a3da-121dcab365cc DtPlatformDxe
                    fc1bcdb0-7d31-49aa-936a-a4600d9dd083 gEfiCrc32GuidedSectionExtractionGuid
                    fc510ee7-ffdc-11d4-bd41-0080c73c8881 gAprioriGuid
                    fc7dd6e0-813c-434d-b4da-3bd649e9e15a gEdkiiSCOTermGuid
                    fcabe6a7-7953-4a84-b7ec-d29e89b62e87 EmbeddedMonotonicCounter
                    fcb3a3d6-6274-411c-a548-bd0e717d533a TdTcg2Pei
                    fd0f4478-0efd-461d-ba2d-e58c45fd5f5e gEfiGetPcdInfoProtocolGuid
                    fd2340d0-3dab-4349-a6c7-3b4f12b48eae gEfiTlsCaCertificateGuid
                    fd5fbe54-8c35-b345-8a0f-7ac8a5fd0521 gEmuSnpProtocolGuid
                    fdff263d-5f68-4591-87ba-b768f445a9af Tcg2Dxe
                    fe3542fe-c1d3-4ef8-657c-8048606ff671 DriverSample
                    fe5cea76-4f72-49e8-986f-2cd899dffe5d FaultTolerantWriteDxe
                    fe846898-7403-4932-b8ad-a0491f0c2cba DynamicTableFactoryDxe
                    fea01457-e381-4135-9475-c6afd0076c61 CryptoDxe
                    fedd6305-e2d7-4ed5-9faa-da080e336c22 gPeiUsb2HostControllerPpiGuid
                    fedf8e0c-e147-11e3-9903-b8e8562cbafa gEfiBootManagerPolicyProtocolGuid
                    ff3e5307-9fd0-48c9-85f1-8ad56c701e01 gEfiCertSha384Guid
                    ff626da9-17ee-4949-a8b8-b10fa0044e9f EsrtFmpDxe
                    ffe06bdd-6107-46a6-7bb2-5a9c7ec5275c gEfiAcpiTableProtocolGuid
                    fff12b8d-7696-4c8b-a985-2747075b4f50 gEfiSystemNvDataFvGuid
                    ffffffff-ffff-ffff-ffff-ffffffffffff zzignore-this-guid
                    """;
        }
    }
}
