package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.LoadOptionTail;
import io.github.measuredboot.uefi.SignatureContent;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;

final class VariableFields {
    private VariableFields() {}

    static List<Field> of(VariableEventData data) {
        VariableData variable = data.variable();
        List<Field> fields = new ArrayList<>();
        int dataOffset = variable.dataOffset();
        fields.add(Guids.field("variableName", variable.variableName(), 0));
        fields.add(Field.text(
                "unicodeName",
                variable.unicodeName(),
                VariableData.HEADER_SIZE,
                dataOffset - VariableData.HEADER_SIZE));
        fields.addAll(content(data.content(), dataOffset, variable.data().length()));
        if (!variable.trailing().isEmpty()) {
            fields.add(Field.binary(
                    "trailing",
                    variable.trailing(),
                    data.raw().length() - variable.trailing().length()));
        }
        return fields;
    }

    private static List<Field> content(VariableContent content, int at, int length) {
        if (content instanceof VariableContent.Flag flag) {
            return List.of(Field.flag("enabled", flag.enabled(), at, length));
        }
        if (content instanceof VariableContent.Signatures signatures) {
            return List.of(lists(signatures.database(), at, length));
        }
        if (content instanceof VariableContent.Authority authority) {
            return authority(authority.signature(), at);
        }
        if (content instanceof VariableContent.Order order) {
            return List.of(order(order.order(), at, length));
        }
        if (content instanceof VariableContent.OptionNumber number) {
            return List.of(Field.text("option", String.format("%04X", number.number()), at, length));
        }
        if (content instanceof VariableContent.Option option) {
            return option(option.option(), at);
        }
        if (content instanceof VariableContent.OptionTail option) {
            return optionTail(option.tail(), at);
        }
        if (content instanceof VariableContent.Sbat sbat) {
            return List.of(Field.text("sbatLevel", sbat.level().text(), at, length));
        }
        if (content instanceof VariableContent.Malformed malformed) {
            return List.of(
                    Field.text("fault", malformed.fault().message(), at, length),
                    Field.binary("variableData", malformed.bytes(), at));
        }
        Bytes value = ((VariableContent.Opaque) content).bytes();
        return value.isEmpty() ? List.of() : List.of(Field.binary("variableData", value, at));
    }

    private static List<Field> authority(AuthoritySignature authority, int at) {
        List<Field> fields = new ArrayList<>();
        authority.signatureOwner().ifPresent(owner -> fields.add(Guids.field("signatureOwner", owner, at)));
        int signatureAt =
                at + authority.signatureOwner().map(owner -> Guid.SIZE).orElse(0);
        authority
                .certificate()
                .ifPresentOrElse(
                        certificate -> fields.addAll(certificate(certificate, signatureAt)),
                        () -> fields.add(Field.binary("signatureData", authority.signature(), signatureAt)));
        return fields;
    }

    private static Field order(BootOrder order, int at, int length) {
        List<Field> options = new ArrayList<>();
        for (int option : order.options()) {
            int optionAt = at + options.size() * Short.BYTES;
            options.add(Field.text("option", String.format("%04X", option), optionAt, Short.BYTES));
        }
        return Field.items("order", options, at, length);
    }

    private static List<Field> option(LoadOption option, int at) {
        List<Field> fields = new ArrayList<>();
        int descriptionAt = at + Integer.BYTES + Short.BYTES;
        int descriptionSize = (option.description().length() + 1) * Character.BYTES;
        fields.add(Field.hexadecimal("attributes", option.attributes(), at, Integer.BYTES));
        fields.add(Field.flag("active", option.isActive(), at, Integer.BYTES));
        fields.add(Field.text("description", option.description(), descriptionAt, descriptionSize));
        int pathAt = descriptionAt + descriptionSize;
        List<Field> paths = new ArrayList<>();
        int pathsStart = pathAt;
        for (DevicePath path : option.filePathList()) {
            paths.add(Field.text("devicePath", path.toText(DevicePathTextForm.UEFI), pathAt, path.size()));
            pathAt += path.size();
        }
        fields.add(Field.items("filePathList", paths, pathsStart, pathAt - pathsStart));
        if (!option.optionalData().isEmpty()) {
            fields.add(Field.binary("optionalData", option.optionalData(), pathAt));
        }
        return fields;
    }

    private static List<Field> optionTail(LoadOptionTail option, int at) {
        List<Field> fields = new ArrayList<>();
        int descriptionSize = (option.description().length() + 1) * Character.BYTES;
        int pathAt = at + descriptionSize;
        int pathSize =
                option.encoded().length() - descriptionSize - option.rest().length();
        fields.add(Field.text("description", option.description(), at, descriptionSize));
        fields.add(Field.text("devicePath", option.filePath().toText(DevicePathTextForm.UEFI), pathAt, pathSize));
        if (!option.rest().isEmpty()) {
            fields.add(Field.binary("rest", option.rest(), pathAt + pathSize));
        }
        return fields;
    }

    private static Field lists(SignatureDatabase database, int at, int length) {
        List<Field> lists = new ArrayList<>();
        int listAt = at;
        for (SignatureList list : database.lists()) {
            int size = sizeOf(list);
            lists.add(Field.structure("signatureList", list(list, listAt), listAt, size));
            listAt += size;
        }
        return Field.items("signatureLists", lists, at, length);
    }

    private static List<Field> list(SignatureList list, int at) {
        List<Field> signatures = new ArrayList<>();
        int start = at + SignatureList.HEADER_SIZE + list.signatureHeader().length();
        int signatureAt = start;
        for (SignatureData signature : list.signatures()) {
            int position = signatureAt;
            List<Field> fields = list.type()
                    .map(type -> signature(signature, type, position))
                    .orElseGet(() -> opaque(signature, position));
            int size = Guid.SIZE + signature.signature().length();
            signatures.add(Field.structure("signature", fields, signatureAt, size));
            signatureAt += size;
        }
        return List.of(
                Field.text(
                        "signatureType",
                        list.type()
                                .map(SignatureType::toString)
                                .orElseGet(() -> list.signatureType().toString()),
                        at,
                        Guid.SIZE),
                Field.items("signatures", signatures, start, signatureAt - start));
    }

    private static int sizeOf(SignatureList list) {
        return (int) (SignatureList.HEADER_SIZE
                + list.signatureHeader().length()
                + list.signatures().size() * list.signatureSize());
    }

    private static List<Field> opaque(SignatureData signature, int at) {
        return List.of(owner(signature, at), Field.binary("signatureData", signature.signature(), at + Guid.SIZE));
    }

    private static Field owner(SignatureData signature, int at) {
        return Guids.field("signatureOwner", signature.signatureOwner(), at);
    }

    private static List<Field> signature(SignatureData signature, SignatureType type, int at) {
        int dataAt = at + Guid.SIZE;
        Bytes bytes = signature.signature();
        SignatureContent content = type.content(bytes, dataAt);
        List<Field> fields = new ArrayList<>();
        fields.add(owner(signature, at));
        if (content instanceof SignatureContent.X509 x509) {
            fields.addAll(certificate(x509.certificate(), dataAt));
        } else if (content instanceof SignatureContent.Hash hash) {
            fields.add(Field.binary("digest", hash.digest(), dataAt));
        } else if (content instanceof SignatureContent.CertificateHash hash) {
            fields.add(Field.binary("toBeSignedHash", hash.toBeSignedHash(), dataAt));
            fields.add(Field.text(
                    "timeOfRevocation",
                    hash.timeOfRevocation().toString(),
                    dataAt + hash.toBeSignedHash().length(),
                    bytes.length() - hash.toBeSignedHash().length()));
        } else {
            fields.add(Field.binary("signatureData", bytes, dataAt));
        }
        return fields;
    }

    private static List<Field> certificate(Certificate certificate, int at) {
        int length = certificate.encoded().length();
        if (certificate instanceof Certificate.Summary summary) {
            return List.of(
                    Field.text("subject", summary.subject(), at, length),
                    Field.text("issuer", summary.issuer(), at, length),
                    Field.text("serialNumber", summary.serialNumber().toString(16), at, length),
                    Field.text("notBefore", summary.notBefore().toString(), at, length),
                    Field.text("notAfter", summary.notAfter().toString(), at, length),
                    Field.binary("sha256Fingerprint", summary.sha256Fingerprint(), at, length));
        }
        Certificate.Broken broken = (Certificate.Broken) certificate;
        return List.of(
                Field.text("fault", broken.fault().message(), at, length),
                Field.binary("signatureData", broken.encoded(), at));
    }
}
