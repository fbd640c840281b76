package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.LoadOptionTail;
import io.github.measuredboot.uefi.SbatLevel;
import io.github.measuredboot.uefi.SignatureDatabase;

/** The value of a UEFI variable, decoded by the variable's vendor GUID and name. */
public sealed interface VariableContent {
    /**
     * SecureBoot, SetupMode, MokListTrusted and the like.
     *
     * @param enabled false also where the variable does not exist, which is measured as no data
     */
    record Flag(boolean enabled) implements VariableContent {}

    /**
     * PK, KEK, db, dbx and the like, or shim's MokList.
     *
     * @param database the signature lists
     */
    record Signatures(SignatureDatabase database) implements VariableContent {}

    /**
     * The entry of a signature database that an image was accepted by.
     *
     * @param signature the entry
     */
    record Authority(AuthoritySignature signature) implements VariableContent {}

    /**
     * BootOrder and the like.
     *
     * @param order the numbers of the options
     */
    record Order(BootOrder order) implements VariableContent {}

    /**
     * BootNext and BootCurrent.
     *
     * @param number the number of the option
     */
    record OptionNumber(int number) implements VariableContent {}

    /**
     * Boot#### and the like.
     *
     * @param option the option
     */
    record Option(LoadOption option) implements VariableContent {}

    /**
     * Boot#### and the like, of which the firmware has measured only a part.
     *
     * @param tail the part
     */
    record OptionTail(LoadOptionTail tail) implements VariableContent {}

    /**
     * SbatLevel.
     *
     * @param level the generations that are revoked
     */
    record Sbat(SbatLevel level) implements VariableContent {}

    /**
     * The value of a variable that is not known.
     *
     * @param bytes the value
     */
    record Opaque(Bytes bytes) implements VariableContent {}

    /**
     * A value that breaks the structure of its variable.
     *
     * @param bytes the value
     * @param fault what is wrong; its offset counts from the start of the event data
     */
    record Malformed(Bytes bytes, Fault fault) implements VariableContent {}
}
