package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.image.BootPhases;
import io.github.measuredboot.uefi.image.PeSection;
import io.github.measuredboot.uefi.image.SectionMeasurement;
import io.github.measuredboot.uefi.image.UkiPrediction;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.io.IOException;
import java.util.List;

/** What a unified kernel image will measure, in JSON on one line. */
public final class PredictionJson {
    private PredictionJson() {}

    /**
     * The prediction: {@code image} (what to call it), {@code size, signed, profile, uki_digest} (bank to {@code 0x} and the
     * Authenticode digest in hexadecimal, as in a reference state), {@code sections} (the names that are measured, in their
     * order), {@code sectionsChosenByHardware} (names), and {@code banks}: for each bank {@code file}, {@code authenticode},
     * {@code authenticodeOnceSigned}, {@code kernel} (unless it is no PE image), {@code sections} (name to the digest of the
     * content), and {@code pcr11} (phase path to value; the empty path is what the stub leaves).
     *
     * @param name what to call the image
     * @param uki the image
     * @param banks the banks to predict
     * @param phases the phases to give values of PCR 11 for
     * @return the object
     * @throws IllegalArgumentException if this JVM cannot compute a bank's algorithm
     */
    public static String prediction(
            String name, UnifiedKernelImage uki, List<HashAlgorithm> banks, List<BootPhases> phases) {
        List<UkiPrediction> predictions = banks.stream().map(uki::predict).toList();
        return JsonReports.object(json -> {
            json.writeStringField("image", name);
            json.writeNumberField("size", uki.image().file().length());
            json.writeBooleanField("signed", uki.image().isSigned());
            json.writeNumberField("profile", uki.profile());
            json.writeObjectFieldStart("uki_digest");
            for (UkiPrediction prediction : predictions) {
                json.writeStringField(
                        prediction.algorithm().name(),
                        "0x" + prediction.image().value().toHex());
            }
            json.writeEndObject();
            writeNames(json, "sections", uki.measuredSections());
            writeNames(json, "sectionsChosenByHardware", uki.sectionsChosenByHardware());
            json.writeObjectFieldStart("banks");
            for (UkiPrediction prediction : predictions) {
                writeBank(json, uki, prediction, phases);
            }
            json.writeEndObject();
        });
    }

    private static void writeNames(JsonGenerator json, String field, List<PeSection> sections) throws IOException {
        json.writeArrayFieldStart(field);
        for (PeSection section : sections) {
            json.writeString(section.name());
        }
        json.writeEndArray();
    }

    private static void writeBank(
            JsonGenerator json, UnifiedKernelImage uki, UkiPrediction prediction, List<BootPhases> phases)
            throws IOException {
        HashAlgorithm bank = prediction.algorithm();
        json.writeObjectFieldStart(bank.name());
        writeDigest(json, "file", uki.image().fileDigest(bank));
        writeDigest(json, "authenticode", prediction.image());
        writeDigest(json, "authenticodeOnceSigned", uki.image().authenticodeDigestOnceSigned(bank));
        if (prediction.kernel().isPresent()) {
            writeDigest(json, "kernel", prediction.kernel().get());
        }
        json.writeObjectFieldStart("sections");
        for (SectionMeasurement section : prediction.sections()) {
            writeDigest(json, section.section(), section.content());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("pcr11");
        for (BootPhases phase : phases) {
            json.writeStringField(phase.toString(), prediction.pcr11(phase).toHex());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeDigest(JsonGenerator json, String field, Digest digest) throws IOException {
        json.writeStringField(field, digest.value().toHex());
    }
}
