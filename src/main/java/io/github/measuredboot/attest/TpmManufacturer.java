package io.github.measuredboot.attest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The makers of TPMs, as the TCG's vendor id registry names them. Any certificate can claim any of them. */
public enum TpmManufacturer {
    /** Advanced Micro Devices. */
    AMD("AMD\0", "AMD"),
    /** Ant Group. */
    ANT("ANT\0", "Ant Group"),
    /** Atmel. */
    ATML("ATML", "Atmel"),
    /** Broadcom. */
    BRCM("BRCM", "Broadcom"),
    /** Cisco. */
    CSCO("CSCO", "Cisco"),
    /** Flyslice. */
    FLYS("FLYS", "Flyslice Technologies"),
    /** Google. */
    GOOG("GOOG", "Google"),
    /** Hewlett-Packard. */
    HPI("HPI\0", "HPI"),
    /** Hewlett Packard Enterprise. */
    HPE("HPE\0", "HPE"),
    /** Huawei. */
    HISI("HISI", "Huawei"),
    /** IBM, including its software TPM and swtpm. */
    IBM("IBM\0", "IBM"),
    /** Infineon. */
    IFX("IFX\0", "Infineon"),
    /** Intel. */
    INTC("INTC", "Intel"),
    /** Lenovo. */
    LEN("LEN\0", "Lenovo"),
    /** Microsoft. */
    MSFT("MSFT", "Microsoft"),
    /** National Semiconductor. */
    NSM("NSM ", "National Semiconductor"),
    /** NSING Technologies. */
    NSG("NSG\0", "NSING"),
    /** Nationz. */
    NTZ("NTZ\0", "Nationz"),
    /** Nuvoton. */
    NTC("NTC\0", "Nuvoton Technology"),
    /** Qualcomm. */
    QCOM("QCOM", "Qualcomm"),
    /** Fuzhou Rockchip. */
    ROCC("ROCC", "Fuzhou Rockchip"),
    /** Samsung. */
    SMSN("SMSN", "Samsung"),
    /** SecEdge. */
    SECE("SECE", "SecEdge"),
    /** Sinosun. */
    SNS("SNS\0", "Sinosun"),
    /** SMSC. */
    SMSC("SMSC", "SMSC"),
    /** STMicroelectronics. */
    STM("STM ", "STMicroelectronics"),
    /** Texas Instruments. */
    TXN("TXN\0", "Texas Instruments"),
    /** Winbond. */
    WEC("WEC\0", "Winbond"),
    /** swtpm, in the certificates of its local authority. */
    SWTPM("\0\0\u0010\u0014", "swtpm (a software TPM)");

    private final String idHex;
    private final String displayName;

    TpmManufacturer(String id, String displayName) {
        this.idHex = HexFormat.of().formatHex(id.getBytes(StandardCharsets.ISO_8859_1));
        this.displayName = displayName;
    }

    /**
     * Looks up a manufacturer.
     *
     * @param attribute the attribute tpmManufacturer, {@code id:} and eight hexadecimal digits
     * @return the manufacturer, or empty if the registry does not have it
     */
    public static Optional<TpmManufacturer> byAttribute(String attribute) {
        return Arrays.stream(values())
                .filter(known -> attribute.equalsIgnoreCase("id:" + known.idHex))
                .findFirst();
    }

    /** {@return its name for display} */
    public String displayName() {
        return displayName;
    }
}
