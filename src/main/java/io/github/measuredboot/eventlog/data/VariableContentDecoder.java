package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.CertificateSummary;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.SbatLevel;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;

final class VariableContentDecoder {
    private static final int DER_SEQUENCE = 0x30;
    private static final int DER_TWO_LENGTH_BYTES = 0x82;

    private VariableContentDecoder() {}

    static VariableContent decode(KnownVariable variable, Bytes value, int offset, boolean authority) {
        try {
            return switch (variable.content()) {
                case FLAG -> new VariableContent.Flag(BooleanVariable.decode(value, offset));
                case SIGNATURE_DATABASE -> authority
                        ? authority(value, offset)
                        : new VariableContent.Signatures(SignatureDatabase.decode(value, offset));
                case SIGNATURE_DATA -> authority ? authority(value, offset) : new VariableContent.Opaque(value);
                case ORDER -> new VariableContent.Order(BootOrder.decode(value, offset));
                case OPTION_NUMBER -> new VariableContent.OptionNumber(BootOrder.decodeSingle(value, offset));
                case LOAD_OPTION -> new VariableContent.Option(LoadOption.decode(value, offset));
                case SBAT -> new VariableContent.Sbat(SbatLevel.decode(value, offset));
            };
        } catch (MalformedDataException e) {
            return new VariableContent.Malformed(value, e.fault());
        }
    }

    private static VariableContent authority(Bytes value, int offset) throws MalformedDataException {
        if (isDerCertificate(value) && Certificate.decode(value, offset) instanceof CertificateSummary certificate) {
            return new VariableContent.BareCertificate(certificate);
        }
        if (value.length() >= Guid.SIZE && SignatureType.of(Guid.at(value, 0)).isPresent()) {
            return new VariableContent.Signatures(SignatureDatabase.decode(value, offset));
        }
        return new VariableContent.Authority(SignatureData.decode(value, offset));
    }

    private static boolean isDerCertificate(Bytes value) {
        return value.length() > 4
                && value.u8(0) == DER_SEQUENCE
                && value.u8(1) == DER_TWO_LENGTH_BYTES
                && (value.u8(2) << 8 | value.u8(3)) + 4 == value.length();
    }
}
