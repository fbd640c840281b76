package io.github.measuredboot.uefi;

import io.github.measuredboot.uefi.guid.Guid;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Variables that UEFI (3.3 and 32) and shim define. A variable is identified by its GUID and its name together: anybody can make a
 * variable {@code SecureBoot} under a GUID of their own.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum KnownVariable {
    /** Whether firmware checks what it loads. */
    SECURE_BOOT(Vendor.GLOBAL, "SecureBoot", Content.FLAG),
    /** Whether keys can be set without a signature. */
    SETUP_MODE(Vendor.GLOBAL, "SetupMode", Content.FLAG),
    /** Whether firmware only records what it would reject. */
    AUDIT_MODE(Vendor.GLOBAL, "AuditMode", Content.FLAG),
    /** Whether the mode can no longer be changed by software. */
    DEPLOYED_MODE(Vendor.GLOBAL, "DeployedMode", Content.FLAG),
    /** Whether only the vendor's keys have ever been there. */
    VENDOR_KEYS(Vendor.GLOBAL, "VendorKeys", Content.FLAG),
    /** The platform key. */
    PK(Vendor.GLOBAL, "PK", Content.SIGNATURE_DATABASE),
    /** The key exchange keys. */
    KEK(Vendor.GLOBAL, "KEK", Content.SIGNATURE_DATABASE),
    /** What may be loaded. */
    DB(Vendor.IMAGE_SECURITY, "db", Content.SIGNATURE_DATABASE),
    /** What may not be loaded. */
    DBX(Vendor.IMAGE_SECURITY, "dbx", Content.SIGNATURE_DATABASE),
    /** Who may sign time stamps. */
    DBT(Vendor.IMAGE_SECURITY, "dbt", Content.SIGNATURE_DATABASE),
    /** Who may sign recovery loaders. */
    DBR(Vendor.IMAGE_SECURITY, "dbr", Content.SIGNATURE_DATABASE),
    /** Certificates that are built into shim, as its authority events call them. */
    VENDOR_DB(Vendor.IMAGE_SECURITY, "vendor_db", Content.SIGNATURE_DATABASE),
    /** The factory's PK. */
    PK_DEFAULT(Vendor.GLOBAL, "PKDefault", Content.SIGNATURE_DATABASE),
    /** The factory's KEK. */
    KEK_DEFAULT(Vendor.GLOBAL, "KEKDefault", Content.SIGNATURE_DATABASE),
    /** The factory's db. */
    DB_DEFAULT(Vendor.GLOBAL, "dbDefault", Content.SIGNATURE_DATABASE),
    /** The factory's dbx. */
    DBX_DEFAULT(Vendor.GLOBAL, "dbxDefault", Content.SIGNATURE_DATABASE),
    /** The factory's dbt. */
    DBT_DEFAULT(Vendor.GLOBAL, "dbtDefault", Content.SIGNATURE_DATABASE),
    /** The factory's dbr. */
    DBR_DEFAULT(Vendor.GLOBAL, "dbrDefault", Content.SIGNATURE_DATABASE),
    /** The order in which boot options are tried. */
    BOOT_ORDER(Vendor.GLOBAL, "BootOrder", Content.ORDER),
    /** The order in which drivers are loaded. */
    DRIVER_ORDER(Vendor.GLOBAL, "DriverOrder", Content.ORDER),
    /** The order of what runs before booting. */
    SYS_PREP_ORDER(Vendor.GLOBAL, "SysPrepOrder", Content.ORDER),
    /** The boot option for the next boot only. */
    BOOT_NEXT(Vendor.GLOBAL, "BootNext", Content.OPTION_NUMBER),
    /** The boot option of this boot. */
    BOOT_CURRENT(Vendor.GLOBAL, "BootCurrent", Content.OPTION_NUMBER),
    /** A boot option, Boot####. */
    BOOT_OPTION(Vendor.GLOBAL, "Boot####", Content.LOAD_OPTION),
    /** A driver to load, Driver####. */
    DRIVER_OPTION(Vendor.GLOBAL, "Driver####", Content.LOAD_OPTION),
    /** An application to run before booting, SysPrep####. */
    SYS_PREP_OPTION(Vendor.GLOBAL, "SysPrep####", Content.LOAD_OPTION),
    /** A recovery of the platform, PlatformRecovery####. */
    PLATFORM_RECOVERY_OPTION(Vendor.GLOBAL, "PlatformRecovery####", Content.LOAD_OPTION),
    /** A recovery of an operating system, OsRecovery####. */
    OS_RECOVERY_OPTION(Vendor.GLOBAL, "OsRecovery####", Content.LOAD_OPTION),
    /** The certificate that is built into shim, as its authority events call it. */
    SHIM(Vendor.SHIM, "Shim", Content.SIGNATURE_DATA),
    /** The machine owner's keys. */
    MOK_LIST(Vendor.SHIM, "MokList", Content.SIGNATURE_DATABASE),
    /** The copy of MokList that an operating system can read. */
    MOK_LIST_RT(Vendor.SHIM, "MokListRT", Content.SIGNATURE_DATABASE),
    /** What the machine owner forbids. */
    MOK_LIST_X(Vendor.SHIM, "MokListX", Content.SIGNATURE_DATABASE),
    /** The copy of MokListX that an operating system can read. */
    MOK_LIST_X_RT(Vendor.SHIM, "MokListXRT", Content.SIGNATURE_DATABASE),
    /** Whether the kernel trusts the machine owner's keys. */
    MOK_LIST_TRUSTED(Vendor.SHIM, "MokListTrusted", Content.FLAG),
    /** The copy of MokListTrusted that an operating system can read. */
    MOK_LIST_TRUSTED_RT(Vendor.SHIM, "MokListTrustedRT", Content.FLAG),
    /** Whether shim's checks are off. */
    MOK_SB_STATE(Vendor.SHIM, "MokSBState", Content.FLAG),
    /** The copy of MokSBState that an operating system can read. */
    MOK_SB_STATE_RT(Vendor.SHIM, "MokSBStateRT", Content.FLAG),
    /** Which generations of components are revoked. */
    SBAT_LEVEL(Vendor.SHIM, "SbatLevel", Content.SBAT),
    /** The copy of SbatLevel that an operating system can read. */
    SBAT_LEVEL_RT(Vendor.SHIM, "SbatLevelRT", Content.SBAT);

    /** What a variable holds. */
    public enum Content {
        /** One byte, 0 or 1: {@link BooleanVariable}. */
        FLAG,
        /** {@link SignatureDatabase}. */
        SIGNATURE_DATABASE,
        /** One entry of a signature list, or a certificate alone: {@link AuthoritySignature}; authority events only. */
        SIGNATURE_DATA,
        /** {@link BootOrder}. */
        ORDER,
        /** {@link BootOrder#decodeSingle}. */
        OPTION_NUMBER,
        /** {@link LoadOption}. */
        LOAD_OPTION,
        /** {@link SbatLevel}. */
        SBAT
    }

    /** The GUIDs that the names belong to. */
    private static final class Vendor {
        static final Guid GLOBAL = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");
        static final Guid IMAGE_SECURITY = Guid.of("d719b2cb-3d3a-4596-a3bc-dad00e67656f");
        static final Guid SHIM = Guid.of("605dab50-e046-4300-abb6-3dd810dd8b23");
    }

    private static final String NUMBER = "####";
    private static final Map<String, KnownVariable> BY_PATTERN = byPattern();

    private final Guid vendor;
    private final String pattern;
    private final Content content;

    KnownVariable(Guid vendor, String pattern, Content content) {
        this.vendor = vendor;
        this.pattern = pattern;
        this.content = content;
    }

    /**
     * Which known variable this is.
     *
     * @param variableName the GUID
     * @param unicodeName the exact name
     * @return the variable, or empty unless both GUID and name are those of a known one
     */
    public static Optional<KnownVariable> of(Guid variableName, String unicodeName) {
        int numberStart = numberStart(unicodeName);
        String numbered = numberStart < 0 ? unicodeName : unicodeName.substring(0, numberStart) + NUMBER;
        return Optional.ofNullable(BY_PATTERN.get(numbered))
                .filter(variable -> variable.vendor.equals(variableName))
                .filter(variable -> variable.isNumbered() == numberStart >= 0);
    }

    /** {@return the GUID of the variable} */
    public Guid vendorGuid() {
        return vendor;
    }

    /** {@return the name; {@code ####} in it represents four upper-case hexadecimal digits} */
    public String pattern() {
        return pattern;
    }

    /** {@return whether there are many of them, distinguished by a number} */
    public boolean isNumbered() {
        return pattern.endsWith(NUMBER);
    }

    /** {@return what the variable holds} */
    public Content content() {
        return content;
    }

    /**
     * {@return what an EV_EFI_VARIABLE_AUTHORITY event of this variable holds (PFP 10.4.1): for a signature database, only the entry that
     * was used}
     */
    public Content authorityContent() {
        return content == Content.SIGNATURE_DATABASE ? Content.SIGNATURE_DATA : content;
    }

    /**
     * The number of a variable whose name ends in one.
     *
     * @param unicodeName a name such as {@code Boot00A1}
     * @return 0 to 65535; empty if the name does not end in four upper-case hexadecimal digits
     */
    public static OptionalInt number(String unicodeName) {
        int start = numberStart(unicodeName);
        return start < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(unicodeName.substring(start), 16));
    }

    private static int numberStart(String name) {
        int start = name.length() - NUMBER.length();
        for (int i = Math.max(start, 0); i < name.length(); i++) {
            char digit = name.charAt(i);
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'A' && digit <= 'F')) {
                return -1;
            }
        }
        return start > 0 ? start : -1;
    }

    private static Map<String, KnownVariable> byPattern() {
        Map<String, KnownVariable> variables = new HashMap<>();
        List<KnownVariable> all = Arrays.asList(values());
        all.forEach(variable -> variables.put(variable.pattern, variable));
        return Map.copyOf(variables);
    }
}
