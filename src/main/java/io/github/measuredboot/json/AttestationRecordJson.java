package io.github.measuredboot.json;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.JsonInput;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.AttestationRecord.Earlier;
import io.github.measuredboot.policy.AttestationRecord.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The record of a machine's attestations as JSON, to be kept between them: {@code version, generation, enrolledAt, identity}, {@code newest}
 * and {@code newestFailure} where there are such reports (each {@code number, at, accepted}), {@code clearedThrough} where an operator
 * has cleared failures, and {@code earlier} ({@code reports, failures} and {@code success}, a report) where there were reports before.
 */
public final class AttestationRecordJson {
    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 1;

    /** The largest text that is read, in bytes. */
    public static final int MAX_SIZE = 1 << 16;

    private static final String STRUCTURE = "attestation record";
    private static final Earlier NOTHING = new Earlier(0, 0, Optional.empty());

    private AttestationRecordJson() {}

    /**
     * Reads a record.
     *
     * @param json UTF-8 text
     * @return the record
     * @throws MalformedDataException if the text does not have this form, has another version or an unknown member, or is too large, or
     *     if its reports contradict each other
     */
    public static AttestationRecord parse(Bytes json) throws MalformedDataException {
        return JsonInput.read(STRUCTURE, json, MAX_SIZE, AttestationRecordJson::read);
    }

    private static AttestationRecord read(JsonInput in) throws MalformedDataException {
        var read = new Object() {
            long generation;
            Instant enrolledAt = Instant.EPOCH;
            IdentityLevel identity = IdentityLevel.UNKNOWN;
            Optional<ReportWithoutGeneration> newest = Optional.empty();
            Optional<ReportWithoutGeneration> newestFailure = Optional.empty();
            OptionalLong clearedThrough = OptionalLong.empty();
            long reports;
            long failures;
            Optional<ReportWithoutGeneration> success = Optional.empty();
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "version" -> in.version(VERSION);
                case "generation" -> read.generation = in.signed();
                case "enrolledAt" -> read.enrolledAt = in.time();
                case "identity" -> read.identity = identity(in);
                case "newest" -> read.newest = Optional.of(report(in));
                case "newestFailure" -> read.newestFailure = Optional.of(report(in));
                case "clearedThrough" -> read.clearedThrough = OptionalLong.of(in.signed());
                case "earlier" ->
                    in.require(
                            in.object(inner -> {
                                switch (inner) {
                                    case "reports" -> read.reports = in.signed();
                                    case "failures" -> read.failures = in.signed();
                                    case "success" -> read.success = Optional.of(report(in));
                                    default -> throw unknown(in);
                                }
                            }),
                            List.of("reports", "failures"));
                default -> throw unknown(in);
            }
        });
        in.require(names, List.of("version", "generation", "enrolledAt", "identity"));
        AttestationRecord.Builder record =
                AttestationRecord.builder(read.generation, read.enrolledAt).identity(read.identity);
        read.newest.map(report -> report.of(read.generation)).ifPresent(record::newest);
        read.newestFailure.map(report -> report.of(read.generation)).ifPresent(record::newestFailure);
        read.clearedThrough.ifPresent(record::clearedThrough);
        Optional<Report> success = read.success.map(report -> report.of(read.generation));
        return in.made(() -> record.earlier(new Earlier(read.reports, read.failures, success))
                .build());
    }

    /** All reports of a record are of its generation. */
    private record ReportWithoutGeneration(long number, Instant at, boolean accepted) {
        Report of(long generation) {
            return new Report(generation, number, at, accepted);
        }
    }

    private static ReportWithoutGeneration report(JsonInput in) throws MalformedDataException {
        var read = new Object() {
            long number;
            Instant at = Instant.EPOCH;
            boolean accepted;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "number" -> read.number = in.signed();
                case "at" -> read.at = in.time();
                case "accepted" -> read.accepted = in.flag();
                default -> throw unknown(in);
            }
        });
        in.require(names, List.of("number", "at", "accepted"));
        return new ReportWithoutGeneration(read.number, read.at, read.accepted);
    }

    private static IdentityLevel identity(JsonInput in) throws MalformedDataException {
        return IdentityLevel.byId(in.text()).orElseThrow(() -> in.fault("is not a level of identity"));
    }

    private static MalformedDataException unknown(JsonInput in) {
        return in.fault("version " + VERSION + " has no such member");
    }

    /**
     * Writes a record on one line.
     *
     * @param record the record
     * @return the object, which {@link #parse} reads
     */
    public static String write(AttestationRecord record) {
        return DataWriter.compact(out -> {
            out.put("version", VERSION)
                    .put("generation", record.generation())
                    .put("enrolledAt", record.enrolledAt().toString())
                    .put("identity", record.identity().id());
            report(out, "newest", record.newest());
            report(out, "newestFailure", record.newestFailure());
            record.clearedThrough().ifPresent(number -> out.put("clearedThrough", number));
            Earlier earlier = record.earlier();
            if (!earlier.equals(NOTHING)) {
                out.object("earlier", () -> {
                    out.put("reports", earlier.reports()).put("failures", earlier.failures());
                    report(out, "success", earlier.success());
                });
            }
        });
    }

    private static void report(DataWriter out, String name, Optional<Report> report) {
        out.object(
                name,
                report,
                present -> out.put("number", present.number())
                        .put("at", present.at().toString())
                        .put("accepted", present.accepted()));
    }
}
