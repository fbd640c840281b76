package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.boot.Action;
import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.BootOptions;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.BootVariable;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.boot.WindowsBoot;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The story of a boot in JSON, an object on one line. */
public final class BootSummaryJson {
    private BootSummaryJson() {}

    private interface ValueWriter<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    /**
     * The story of a boot: {@code log, format, algorithms, bank, confidentialVm, compared, firmwareVersions, secureBoot} ({@code modes,
     * databases, authorities, late}), {@code images, bootOptions} ({@code order, options, next, current, taken}), {@code commandLines,
     * ukiSections, objects, separators, actions}, {@code windows} where there is something of Windows, {@code diagnostics}, and {@code
     * error} if the log could be read only in part.
     *
     * <p>An image has {@code claimedAuthority} if it is known which authority vouched for it.
     *
     * <p>{@code compared} is whether PCR values were given. Each statement has {@code event, register, phase, proof} and {@code pcrProof}.
     * {@code proof} is {@code covered} only if the digest of the bank covers the values beside it, and if PCR values were given only
     * if the PCR is reproduced. {@code pcrProof} is {@code quoted}, {@code asserted} or {@code unproved}; without PCR values it is always
     * the last, and the story is what the log claims.
     *
     * @param name what to call the log
     * @param log the events that could be read
     * @param summary their story
     * @param fault what is wrong with the log, if anything is
     * @return the object
     */
    public static String of(String name, EventLog log, BootSummary summary, Optional<Fault> fault) {
        return JsonReports.report(name, json -> {
            JsonReports.writeFormat(json, log);
            json.writeStringField("bank", summary.bank().name());
            json.writeBooleanField(
                    "confidentialVm", summary.registers() == MeasurementRegisters.CC_MEASUREMENT_REGISTERS);
            json.writeBooleanField("compared", summary.verified().isPresent());
            array(json, "firmwareVersions", summary.firmwareVersions(), (j, version) -> {
                j.writeStringField("version", version.text());
                j.writeStringField("data", version.raw().toHex());
            });
            writeSecureBoot(json, summary.secureBoot());
            json.writeArrayFieldStart("images");
            for (LoadedImage image : summary.images()) {
                writeImage(json, image);
            }
            json.writeEndArray();
            writeBootOptions(json, summary.bootOptions());
            json.writeArrayFieldStart("commandLines");
            for (CommandLine line : summary.commandLines()) {
                writeCommandLine(json, line);
            }
            json.writeEndArray();
            writeObjects(json, "ukiSections", summary.ukiSections());
            writeObjects(json, "objects", summary.objects());
            array(json, "separators", summary.separators(), (j, kind) -> j.writeStringField("kind", kind.id()));
            array(json, "actions", summary.actions(), BootSummaryJson::writeAction);
            if (summary.windows().isPresent()) {
                writeWindows(json, summary.windows().get());
            }
            JsonReports.writeDiagnostics(json, log.diagnostics());
            if (fault.isPresent()) {
                JsonReports.writeError(json, fault.get());
            }
        });
    }

    private static void writeSecureBoot(JsonGenerator json, SecureBoot secureBoot) throws IOException {
        json.writeObjectFieldStart("secureBoot");
        array(json, "modes", secureBoot.modes(), (j, mode) -> {
            j.writeStringField("variable", mode.variable().pattern());
            j.writeBooleanField("enabled", mode.enabled());
        });
        array(json, "databases", secureBoot.databases(), (j, database) -> {
            j.writeStringField("variable", database.variable().pattern());
            j.writeNumberField("entries", database.size());
            writeCertificates(j, database.certificates());
        });
        array(json, "authorities", secureBoot.authorities(), BootSummaryJson::writeAuthority);
        array(json, "late", secureBoot.late(), (j, variable) -> j.writeStringField("variable", variable.pattern()));
        json.writeEndObject();
    }

    private static void writeAuthority(JsonGenerator json, Authority authority) throws IOException {
        json.writeStringField("vendorGuid", authority.vendorGuid().toString());
        json.writeStringField("name", authority.name());
        json.writeStringField("content", StructureNames.of(authority.content()));
        writeCertificates(json, authority.certificates());
    }

    private static void writeCertificates(JsonGenerator json, List<Certificate.Summary> certificates)
            throws IOException {
        json.writeArrayFieldStart("certificates");
        for (Certificate.Summary certificate : certificates) {
            json.writeStartObject();
            json.writeStringField("subject", certificate.subject());
            json.writeStringField("issuer", certificate.issuer());
            json.writeStringField("sha256", certificate.sha256Fingerprint().toHex());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeImage(JsonGenerator json, LoadedImage image) throws IOException {
        json.writeStartObject();
        writeDigest(json, image.digest());
        json.writeFieldName("claim");
        object(json, image.claim(), (j, claim) -> {
            j.writeStringField("type", claim.type().id());
            if (claim.devicePath().isPresent()) {
                j.writeStringField("devicePath", text(claim.devicePath().get()));
            }
            j.writeBooleanField("firmwareResident", claim.isFirmwareResident());
        });
        if (image.claimedAuthority().isPresent()) {
            json.writeFieldName("claimedAuthority");
            object(json, image.claimedAuthority().get(), BootSummaryJson::writeAuthority);
        }
        json.writeEndObject();
    }

    private static void writeBootOptions(JsonGenerator json, BootOptions options) throws IOException {
        json.writeObjectFieldStart("bootOptions");
        variables(json, "order", options.orders(), (j, order) -> {
            j.writeArrayFieldStart("options");
            for (int number : order.options()) {
                j.writeString(BootOrder.variableName(number));
            }
            j.writeEndArray();
        });
        variables(json, "options", options.options(), BootSummaryJson::writeOption);
        variables(
                json,
                "next",
                options.next(),
                (j, number) -> j.writeStringField("option", BootOrder.variableName(number)));
        variables(
                json,
                "current",
                options.current(),
                (j, number) -> j.writeStringField("option", BootOrder.variableName(number)));
        if (options.taken().isPresent()) {
            json.writeFieldName("taken");
            object(json, options.taken().get(), (j, taken) -> {
                j.writeStringField("option", taken.option());
                j.writeStringField("basis", taken.basis().id());
            });
        }
        json.writeEndObject();
    }

    private static void writeOption(JsonGenerator json, LoadOption option) throws IOException {
        json.writeBooleanField("active", option.isActive());
        json.writeStringField("description", option.description());
        json.writeArrayFieldStart("filePathList");
        for (DevicePath path : option.filePathList()) {
            json.writeString(text(path));
        }
        json.writeEndArray();
        json.writeStringField("optionalData", option.optionalData().toHex());
    }

    private static void writeCommandLine(JsonGenerator json, CommandLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", line.source().id());
        json.writeNumberField("event", line.eventNumber());
        writeDigest(json, line.digest());
        if (line.text().isPresent()) {
            json.writeFieldName("text");
            object(json, line.text().get(), (j, text) -> j.writeStringField("value", text));
        }
        json.writeEndObject();
    }

    private static void writeObjects(JsonGenerator json, String field, List<MeasuredObject> objects)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (MeasuredObject object : objects) {
            json.writeStartObject();
            json.writeStringField("kind", object.kind().id());
            json.writeNumberField("event", object.eventNumber());
            writeDigest(json, object.digest());
            json.writeFieldName("name");
            object(json, object.name(), (j, text) -> j.writeStringField("value", text));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAction(JsonGenerator json, Action action) throws IOException {
        json.writeStringField(
                "kind", action.constant().map(MeasuredConstant::id).orElse("other"));
        json.writeStringField("text", action.text());
    }

    private static void writeWindows(JsonGenerator json, WindowsBoot windows) throws IOException {
        json.writeObjectFieldStart("windows");
        array(json, "settings", windows.settings(), (j, setting) -> {
            j.writeStringField("setting", setting.type().fieldName());
            j.writeStringField("value", setting.value());
        });
        array(json, "siPolicies", windows.stated(windows.state().siPolicies()), (j, policy) -> {
            j.writeStringField("name", policy.policyName());
            j.writeStringField("digest", policy.digest().toHex());
        });
        array(json, "elamDrivers", windows.stated(windows.state().elamDrivers()), (j, driver) -> {
            if (driver.keyName().isPresent()) {
                j.writeStringField("keyName", driver.keyName().get());
            }
        });
        array(json, "modules", windows.stated(windows.state().modules()), (j, module) -> {
            if (module.filePath().isPresent()) {
                j.writeStringField("filePath", module.filePath().get());
            }
            if (module.authenticodeHash().isPresent()) {
                j.writeStringField(
                        "authenticodeHash", module.authenticodeHash().get().toHex());
            }
        });
        json.writeEndObject();
    }

    private static void writeDigest(JsonGenerator json, Optional<Claim<Digest>> digest) throws IOException {
        if (digest.isPresent()) {
            json.writeStringField("digest", digest.get().claimedValue().value().toHex());
            json.writeStringField("digestProof", digest.get().coverage().id());
            json.writeStringField("digestPcrProof", digest.get().pcrProof().id());
        }
    }

    private static <T> void variables(
            JsonGenerator json, String field, List<BootVariable<T>> variables, ValueWriter<T> writer)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (BootVariable<T> variable : variables) {
            json.writeStartObject();
            json.writeFieldName("name");
            object(json, variable.name(), (j, name) -> j.writeStringField("value", name));
            json.writeFieldName("content");
            object(json, variable.content(), writer);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static <T> void array(JsonGenerator json, String field, List<Claim<T>> statements, ValueWriter<T> writer)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Claim<T> statement : statements) {
            object(json, statement, writer);
        }
        json.writeEndArray();
    }

    private static <T> void object(JsonGenerator json, Claim<T> statement, ValueWriter<T> writer) throws IOException {
        json.writeStartObject();
        json.writeStringField("proof", statement.coverage().id());
        json.writeStringField("pcrProof", statement.pcrProof().id());
        json.writeNumberField("event", statement.eventNumber());
        json.writeNumberField("register", statement.register());
        json.writeStringField("phase", statement.phase().id());
        writer.write(json, statement.claimedValue());
        json.writeEndObject();
    }

    private static String text(DevicePath path) {
        return path.toText(DevicePathTextForm.UEFI);
    }
}
