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

    /** PK, KEK, db, dbx and the like, or shim's MokList. */
    record Signatures(SignatureDatabase database) implements VariableContent {}

    /** The entry of a signature database that an image was accepted by. */
    record Authority(AuthoritySignature signature) implements VariableContent {}

    /** BootOrder and the like. */
    record Order(BootOrder order) implements VariableContent {}

    /** BootNext and BootCurrent. */
    record OptionNumber(int number) implements VariableContent {}

    /** Boot#### and the like. */
    record Option(LoadOption option) implements VariableContent {}

    /** Boot#### and the like, of which the firmware has measured only a part. */
    record OptionTail(LoadOptionTail tail) implements VariableContent {}

    /** SbatLevel. */
    record Sbat(SbatLevel level) implements VariableContent {}

    /** The value of a variable that is not known. */
    record Opaque(Bytes bytes) implements VariableContent {}

    /**
     * A value that breaks the structure of its variable.
     *
     * @param bytes the value
     * @param fault what is wrong; its offset counts from the start of the event data
     */
    record Malformed(Bytes bytes, Fault fault) implements VariableContent {}
}
