package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.EfiTime;
import io.github.measuredboot.uefi.SignatureContent;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.VariableAuthentication2;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;
import java.io.IOException;
import java.util.Optional;

/** Reports of the command line on UEFI structures in JSON, each an object on one line. */
public final class UefiReports {
    private UefiReports() {}

    /**
     * A GUID: {@code canonical, swapped, bytes}, {@code name} if it is known, and {@code swappedFormOf} ({@code guid, name}) if its
     * byte-swapped form is.
     *
     * @param guid the GUID
     * @return the object
     */
    public static String guid(Guid guid) {
        return JsonReports.object(json -> {
            json.writeStringField("canonical", guid.toString());
            json.writeStringField("swapped", guid.byteSwapped().toString());
            json.writeStringField("bytes", guid.toBytes().toHex());
            writeName(json, "name", guid);
            Optional<Guid> known = KnownGuids.unswap(guid);
            if (known.isPresent()) {
                json.writeObjectFieldStart("swappedFormOf");
                json.writeStringField("guid", known.get().toString());
                writeName(json, "name", known.get());
                json.writeEndObject();
            }
        });
    }

    /**
     * A signature database: {@code file, form} (esl, efivarfs, auth), {@code attributes} or {@code timeStamp} where the form has them,
     * {@code lists} (each {@code type, typeName, header, signatures}). A signature has {@code owner, ownerName} and one of {@code
     * certificate} ({@code subject, issuer, serialNumber, notBefore, notAfter, sha256}), {@code brokenCertificate} ({@code data, error}), {@code
     * hash}, {@code toBeSignedHash} with {@code timeOfRevocation}, and {@code data}.
     *
     * @param name what to call the file
     * @param file its content
     * @return the object
     */
    public static String signatureDatabase(String name, SignatureDatabaseFile file) {
        return JsonReports.object(json -> {
            json.writeStringField("file", name);
            json.writeStringField("form", file.form().id());
            if (file.attributes().isPresent()) {
                json.writeNumberField("attributes", file.attributes().getAsLong());
            }
            Optional<VariableAuthentication2> authentication = file.authentication();
            if (authentication.isPresent()) {
                writeTime(json, "timeStamp", authentication.get().timeStamp());
            }
            json.writeArrayFieldStart("lists");
            long offset = file.databaseOffset();
            for (SignatureList list : file.database().lists()) {
                writeList(json, list, offset);
                offset += list.size();
            }
            json.writeEndArray();
        });
    }

    /**
     * A file that is malformed: {@code file} and {@code error} with {@code offset, structure, field, reason, message}.
     *
     * @param name what to call the file
     * @param fault what is wrong
     * @return the object
     */
    public static String malformed(String name, Fault fault) {
        return JsonReports.object(json -> {
            json.writeStringField("file", name);
            JsonReports.writeError(json, fault);
        });
    }

    /**
     * A file that could not be read at all: {@code file} and {@code error} with {@code message}.
     *
     * @param name what to call the file
     * @param message why
     * @return the object
     */
    public static String unreadable(String name, String message) {
        return JsonReports.object(json -> {
            json.writeStringField("file", name);
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }

    private static void writeList(JsonGenerator json, SignatureList list, long offset) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", list.signatureType().toString());
        if (list.type().isPresent()) {
            json.writeStringField("typeName", list.type().get().id());
        }
        json.writeStringField("header", list.signatureHeader().toHex());
        json.writeArrayFieldStart("signatures");
        for (int i = 0; i < list.signatures().size(); i++) {
            Guid owner = list.signatures().get(i).signatureOwner();
            json.writeStartObject();
            json.writeStringField("owner", owner.toString());
            writeName(json, "ownerName", owner);
            writeContent(json, list.content(i, offset));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeContent(JsonGenerator json, SignatureContent content) throws IOException {
        if (content instanceof SignatureContent.X509 x509) {
            writeCertificate(json, x509.certificate());
        } else if (content instanceof SignatureContent.Hash hash) {
            json.writeStringField("hash", hash.digest().toHex());
        } else if (content instanceof SignatureContent.CertificateHash hash) {
            json.writeStringField("toBeSignedHash", hash.toBeSignedHash().toHex());
            writeTime(json, "timeOfRevocation", hash.timeOfRevocation());
        } else if (content instanceof SignatureContent.Opaque opaque) {
            json.writeStringField("data", opaque.bytes().toHex());
        }
    }

    private static void writeCertificate(JsonGenerator json, Certificate certificate) throws IOException {
        if (certificate instanceof Certificate.Summary summary) {
            json.writeObjectFieldStart("certificate");
            json.writeStringField("subject", summary.subject());
            json.writeStringField("issuer", summary.issuer());
            json.writeStringField("serialNumber", summary.serialNumber().toString(16));
            json.writeStringField("notBefore", summary.notBefore().toString());
            json.writeStringField("notAfter", summary.notAfter().toString());
            json.writeStringField("sha256", summary.sha256Fingerprint().toHex());
            json.writeEndObject();
        } else if (certificate instanceof Certificate.Broken broken) {
            json.writeObjectFieldStart("brokenCertificate");
            json.writeStringField("data", broken.encoded().toHex());
            JsonReports.writeError(json, broken.fault());
            json.writeEndObject();
        }
    }

    private static void writeTime(JsonGenerator json, String field, EfiTime time) throws IOException {
        json.writeStringField(
                field,
                time.toInstant()
                        .map(Object::toString)
                        .orElseGet(() -> time.encode().toHex()));
    }

    private static void writeName(JsonGenerator json, String field, Guid guid) throws IOException {
        Optional<String> name = KnownGuids.name(guid);
        if (name.isPresent()) {
            json.writeStringField(field, name.get());
        }
    }
}
