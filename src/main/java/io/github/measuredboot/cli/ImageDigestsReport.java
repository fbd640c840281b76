package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.image.PeImage;
import java.util.List;
import java.util.function.Consumer;

/** The Authenticode digests of a PE image that is no unified kernel image. */
record ImageDigestsReport(String image, PeImage pe, List<HashAlgorithm> banks) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(String.format(
                "%s: %d bytes, %s, no unified kernel image",
                image, pe.file().length(), pe.isSigned() ? "signed" : "not signed"));
        for (HashAlgorithm bank : banks) {
            out.accept(bank.name());
            lines(out, pe, bank);
        }
    }

    static void lines(Consumer<String> out, PeImage pe, HashAlgorithm bank) {
        String asItIs = pe.authenticodeDigest(bank).value().toHex();
        String signed = pe.authenticodeDigestOnceSigned(bank).value().toHex();
        out.accept("  PCR 4   " + asItIs + "  image");
        if (!signed.equals(asItIs)) {
            out.accept("  PCR 4   " + signed + "  image, once it is signed");
        }
    }

    /** {@code image, size, signed} and {@code banks}: for each {@code file, authenticode, authenticodeOnceSigned}. */
    @Override
    public void members(DataWriter out) {
        out.put("image", image)
                .put("size", pe.file().length())
                .put("signed", pe.isSigned())
                .object("banks", () -> banks.forEach(bank -> out.object(bank.name(), () -> digests(out, pe, bank))));
    }

    static void digests(DataWriter out, PeImage pe, HashAlgorithm bank) {
        out.put("file", pe.fileDigest(bank).value())
                .put("authenticode", pe.authenticodeDigest(bank).value())
                .put(
                        "authenticodeOnceSigned",
                        pe.authenticodeDigestOnceSigned(bank).value());
    }
}
