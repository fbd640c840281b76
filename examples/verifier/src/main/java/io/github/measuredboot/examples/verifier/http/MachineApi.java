package io.github.measuredboot.examples.verifier.http;

import io.github.measuredboot.examples.verifier.domain.Attestation;
import io.github.measuredboot.examples.verifier.domain.EnrolmentDesk;
import io.github.measuredboot.examples.verifier.domain.Group;
import io.github.measuredboot.examples.verifier.domain.Timing;
import io.github.measuredboot.examples.verifier.domain.VerifierService;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What machines call. */
final class MachineApi {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_CERTIFICATES = 8;

    private record EnrolmentRequest(
            String group, String name, List<byte[]> ekCertificates, byte[] ekPublic, byte[] akPublic) {}

    private record EnrolmentAnswer(byte[] secret) {}

    private record Enrolled(String machine, String status, long intervalMillis) {}

    private record Log(String sha256, @MayBeAbsent byte[] content) {}

    private record Evidence(
            String nonce, Log log, @MayBeAbsent Log userspaceLog, byte[] attest, byte[] signature, byte[] pcrValues) {}

    private record Outcome(long number, String outcome, String status, String message, Challenge next) {}

    private record Challenge(String nonce, String pcrs, Instant expiresAt, long intervalMillis) {}

    private final EnrolmentDesk enrolment;
    private final Attestation attestation;
    private final Timing timing;
    private final Meters meters;
    private final Json json;

    MachineApi(VerifierService service, Meters meters, Json json) {
        this.enrolment = service.enrolment();
        this.attestation = service.attestation();
        this.timing = service.timing();
        this.meters = meters;
        this.json = json;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/enrolment", this::enrol, Access.NEWCOMER);
        routes.post("/v1/enrolment/answer", this::finishEnrolment, Access.NEWCOMER);
        routes.post("/v1/challenge", this::challenge, Access.MACHINE);
        routes.post("/v1/evidence", this::evidence, Access.MACHINE);
    }

    private void enrol(Context ctx) {
        EnrolmentRequest body = json.read(ctx, EnrolmentRequest.class);
        if (body.ekCertificates.size() > MAX_CERTIFICATES) {
            throw new Problem(400, "invalid", "at most " + MAX_CERTIFICATES + " certificates");
        }
        json.write(
                ctx,
                201,
                enrolment.begin(
                        Guard.certificate(ctx),
                        new EnrolmentDesk.Request(
                                body.group, body.name, body.ekCertificates, body.ekPublic, body.akPublic)));
    }

    private void finishEnrolment(Context ctx) {
        MachineRow machine = enrolment.finish(Guard.certificate(ctx), json.read(ctx, EnrolmentAnswer.class).secret);
        meters.enrolled();
        json.write(
                ctx,
                201,
                new Enrolled(machine.id(), machine.status(), timing.interval().toMillis()));
    }

    private void challenge(Context ctx) {
        Attestation.Challenge challenge = attestation.challenge(Guard.certificate(ctx));
        json.write(ctx, 201, described(challenge));
    }

    private Challenge described(Attestation.Challenge challenge) {
        return new Challenge(
                challenge.nonce(),
                challenge.pcrs(),
                challenge.expiresAt(),
                timing.interval().toMillis());
    }

    private void evidence(Context ctx) {
        Evidence body = json.read(ctx, Evidence.class);
        requireHash(body.nonce);
        Attestation.Answer answer = new Attestation.Answer(
                body.nonce,
                part(body.log),
                Optional.ofNullable(body.userspaceLog).map(MachineApi::part),
                body.attest,
                body.signature,
                body.pcrValues);
        Attestation.Result result = meters.timed(() -> attestation.attest(Guard.certificate(ctx), answer));
        String outcome = Group.id(result.judgement().outcome());
        meters.judged(outcome);
        json.write(
                ctx,
                200,
                new Outcome(
                        result.number(),
                        outcome,
                        result.status().name(),
                        result.judgement().message(),
                        described(result.next())));
    }

    private static Attestation.Part part(Log log) {
        requireHash(log.sha256);
        return new Attestation.Part(log.sha256, Optional.ofNullable(log.content));
    }

    private static void requireHash(String text) {
        if (!SHA256.matcher(text).matches()) {
            throw new Problem(400, "invalid", "a nonce and a hash have 64 lower-case hexadecimal digits");
        }
    }
}
