package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.LoadOptionTail;
import io.github.measuredboot.uefi.SbatLevel;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Optional;

final class VariableContentDecoder {
    private VariableContentDecoder() {}

    static VariableContent decode(KnownVariable.Content content, Bytes value, int offset) {
        try {
            return switch (content) {
                case FLAG -> new VariableContent.Flag(BooleanVariable.decode(value, offset));
                case SIGNATURE_DATABASE -> signatures(value, offset);
                case SIGNATURE_DATA ->
                    isSignatureList(value)
                            ? signatures(value, offset)
                            : new VariableContent.Authority(AuthoritySignature.decode(value, offset));
                case ORDER -> new VariableContent.Order(BootOrder.decode(value, offset));
                case OPTION_NUMBER -> new VariableContent.OptionNumber(BootOrder.decodeSingle(value, offset));
                case LOAD_OPTION -> option(value, offset);
                case SBAT -> new VariableContent.Sbat(SbatLevel.decode(value, offset));
            };
        } catch (MalformedDataException e) {
            return new VariableContent.Malformed(value, e.fault());
        }
    }

    private static VariableContent option(Bytes value, int offset) throws MalformedDataException {
        Optional<LoadOptionTail> tail = LoadOptionTail.recognize(value);
        return tail.isPresent()
                ? new VariableContent.OptionTail(tail.get())
                : new VariableContent.Option(LoadOption.decode(value, offset));
    }

    private static VariableContent signatures(Bytes value, int offset) throws MalformedDataException {
        return new VariableContent.Signatures(SignatureDatabase.decode(value, offset));
    }

    /** Some versions of shim measure all of vendor_db instead of the entry that was used. */
    private static boolean isSignatureList(Bytes value) {
        return value.length() >= Guid.SIZE
                && SignatureType.of(Guid.at(value, 0)).isPresent();
    }
}
