package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CertificateFiles;
import io.github.measuredboot.attest.CertificateFinding;
import io.github.measuredboot.attest.CertificateVerifier;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a chain of certificates is verified with. */
final class CertificateOptions {
    private static final int MAX_SIZE = CertificateFiles.MAX_FILE_SIZE + 1;

    @Option(
            names = "--roots",
            paramLabel = "FILE",
            description = "Trusted root certificates, in PEM or DER. None are built in.")
    private List<String> roots = new ArrayList<>();

    @Option(
            names = "--intermediates",
            paramLabel = "FILE",
            description = "Intermediate certificates, in PEM or DER. They need not be trusted.")
    private List<String> intermediates = new ArrayList<>();

    @Option(names = "--crl", paramLabel = "FILE", description = "Revocation lists of the issuers, in PEM or DER.")
    private List<String> revocationLists = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Time.class,
            description = "The time at which the chain must be valid, such as 2026-11-26T12:00:00Z. Default: now")
    private @Nullable Instant time;

    @Option(
            names = "--allow-finding",
            paramLabel = "FINDING",
            split = ",",
            converter = Finding.class,
            description = "Accept a certificate despite this finding, such as expired or short-rsa-key.")
    private List<CertificateFinding> allowed = new ArrayList<>();

    boolean isGiven() {
        return !roots.isEmpty();
    }

    boolean isAnyGiven() {
        return isGiven()
                || time != null
                || !intermediates.isEmpty()
                || !revocationLists.isEmpty()
                || !allowed.isEmpty();
    }

    Instant time() {
        return time == null ? Instant.now() : time;
    }

    /** The first certificate of a file; those after it are on the way to the root. */
    VerifiedCertificate verify(List<TpmCertificate> certificates, TpmCertificate.Purpose purpose)
            throws InputException, AttestationRefusedException {
        List<TpmCertificate> between = new ArrayList<>(certificates.subList(1, certificates.size()));
        between.addAll(readAll(intermediates));
        CertificateVerifier verifier = CertificateVerifier.trusting(readAll(roots))
                .withIntermediates(between)
                .tolerating(allowed());
        return withLists(verifier).verify(certificates.get(0), purpose, time());
    }

    private Set<CertificateFinding> allowed() {
        Set<CertificateFinding> all = EnumSet.noneOf(CertificateFinding.class);
        all.addAll(allowed);
        return all;
    }

    private CertificateVerifier withLists(CertificateVerifier verifier) throws InputException {
        List<Bytes> lists = new ArrayList<>();
        for (String file : revocationLists) {
            List<Bytes> read = InputFile.decode(file, MAX_SIZE, CertificateFiles::readRevocationLists);
            if (read.isEmpty()) {
                throw new InputException(InputFile.called(file) + ": there is no revocation list");
            }
            lists.addAll(read);
        }
        try {
            return verifier.withRevocationLists(lists);
        } catch (MalformedDataException e) {
            throw new InputException(InputFile.called(String.join(", ", revocationLists)) + ": " + e.getMessage());
        }
    }

    static List<TpmCertificate> readAll(List<String> files) throws InputException {
        List<TpmCertificate> certificates = new ArrayList<>();
        for (String file : files) {
            certificates.addAll(read(file));
        }
        return certificates;
    }

    static List<TpmCertificate> read(String file) throws InputException {
        return InputFile.decode(file, MAX_SIZE, CertificateFiles::read);
    }

    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is not a time such as 2026-11-26T12:00:00Z");
            }
        }
    }

    static final class Finding extends Converters.ById<CertificateFinding> {
        Finding() {
            super(
                    Arrays.stream(CertificateFinding.values())
                            .filter(CertificateFinding::isRefusedByDefault)
                            .toList(),
                    CertificateFinding::id);
        }
    }
}
