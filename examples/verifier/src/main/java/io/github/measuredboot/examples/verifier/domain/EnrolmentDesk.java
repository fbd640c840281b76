package io.github.measuredboot.examples.verifier.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CertificateVerifier;
import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Enrolments;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.PublicArea;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Enrols machines, in two steps: a credential that only the TPM with both keys opens, and its answer. */
public final class EnrolmentDesk {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /**
     * What a machine sends to be enrolled.
     *
     * @param group the group that it wants to be in
     * @param name what it calls itself
     * @param ekCertificates the certificate of its endorsement key, and those of its authorities, if it has them
     * @param ekPublic its endorsement key
     * @param akPublic its attestation key
     */
    public record Request(String group, String name, List<byte[]> ekCertificates, byte[] ekPublic, byte[] akPublic) {}

    /**
     * A credential for {@code tpm2_activatecredential}.
     *
     * @param credential the credential
     * @param expiresAt when an answer comes too late
     */
    public record Offer(byte[] credential, Instant expiresAt) {}

    private record Keys(
            Group.Trust trust, EndorsementKey ek, AttestationKey ak, Optional<VerifiedCertificate> certificate) {
        String ekName() {
            return ek.publicArea().name().orElseThrow().toHex();
        }
    }

    private final Database database;
    private final Timing timing;
    private final StatusFeed feed;
    private final List<TpmCertificate> roots;
    private final ObjectMapper json = new ObjectMapper();
    private final SecureRandom random = new SecureRandom();

    EnrolmentDesk(Database database, Timing timing, StatusFeed feed, List<TpmCertificate> roots) {
        this.database = database;
        this.timing = timing;
        this.feed = feed;
        this.roots = List.copyOf(roots);
    }

    /** The first step. */
    public Offer begin(String tlsSha256, Request request) {
        Group.requireName(request.name);
        Instant now = timing.now();
        return database.inTransaction(handle -> {
            Keys keys = admit(handle, tlsSha256, request, now);
            try {
                CredentialChallenge.Issued issued =
                        CredentialChallenge.issue(keys.ek, keys.ak, random, now.plus(LIFETIME));
                byte[] challenge = issued.challenge().encode().toByteArray();
                Enrolments.put(
                        handle,
                        new Enrolments.Row(
                                tlsSha256,
                                json.writeValueAsBytes(request),
                                challenge,
                                issued.challenge().expires()));
                return new Offer(
                        issued.credential().encode().toByteArray(),
                        issued.challenge().expires());
            } catch (AttestationRefusedException e) {
                throw new RequestRefusedException(Reason.FORBIDDEN, e.getMessage());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The second step. The answer has to come from whoever presents the same client certificate, and is taken once. */
    public MachineRow finish(String tlsSha256, byte[] secret) {
        Instant now = timing.now();
        return database.inTransaction(handle -> {
            Enrolments.Row row = Enrolments.find(handle, tlsSha256)
                    .orElseThrow(
                            () -> new RequestRefusedException(Reason.NOT_FOUND, "no enrolment waits for an answer"));
            if (!Enrolments.remove(handle, tlsSha256)) {
                throw new RequestRefusedException(Reason.CONFLICT, "the answer was given already");
            }
            Request request = read(row);
            Keys keys = admit(handle, tlsSha256, request, now);
            KeyIdentity identity = identity(keys, row, Bytes.wrap(secret), now);
            AttestationRecord record = AttestationRecord.enrol(now.toEpochMilli(), now);
            MachineRow machine = new MachineRow(
                    UUID.randomUUID().toString(),
                    request.name,
                    request.group,
                    keys.ekName(),
                    request.akPublic,
                    identity.level().id(),
                    tlsSha256,
                    AttestationRecordJson.write(record),
                    FirstUsePinsJson.write(FirstUsePins.NONE),
                    AttestationRecord.Status.PENDING.name(),
                    timing.dueAfter(now));
            Machines.insert(handle, machine);
            handle.afterCommit(() ->
                    feed.publish(new StatusFeed.Change(machine.id(), machine.name(), "NONE", machine.status(), now)));
            return machine;
        });
    }

    private Request read(Enrolments.Row row) {
        try {
            return json.readValue(row.request(), Request.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored enrolment", e);
        }
    }

    /** Whether the policy of the group lets these keys in, in both steps: it may change between them. */
    private Keys admit(Handle handle, String tlsSha256, Request request, Instant now) {
        Group group = GroupDesk.require(handle, request.group);
        Keys keys = keys(request, group, now);
        if (group.trust() == Group.Trust.ALLOW_LIST && !Groups.isAllowed(handle, group.name(), keys.ekName())) {
            throw new RequestRefusedException(
                    Reason.FORBIDDEN, "the endorsement key " + keys.ekName() + " is not on the list of the group");
        }
        if (Machines.isEnrolled(handle, keys.ekName(), tlsSha256)) {
            throw new RequestRefusedException(
                    Reason.CONFLICT,
                    "this TPM or this client certificate is enrolled: an operator has to remove it first");
        }
        return keys;
    }

    private Keys keys(Request request, Group group, Instant now) {
        try {
            EndorsementKey ek = EndorsementKey.of(PublicArea.decode(Bytes.wrap(request.ekPublic)));
            if (ek.publicArea().name().isEmpty()) {
                throw new RequestRefusedException(
                        Reason.INVALID, "the endorsement key has a name that cannot be computed");
            }
            AttestationKey ak = AttestationKey.decode(Bytes.wrap(request.akPublic));
            Optional<VerifiedCertificate> certificate = Optional.empty();
            if (group.trust() == Group.Trust.CERTIFICATE) {
                certificate = Optional.of(verified(request.ekCertificates, now));
                ek.requireCertificate(certificate.get());
            }
            return new Keys(group.trust(), ek, ak, certificate);
        } catch (MalformedDataException e) {
            throw new RequestRefusedException(Reason.INVALID, e.getMessage());
        } catch (AttestationRefusedException e) {
            throw new RequestRefusedException(Reason.FORBIDDEN, e.getMessage());
        }
    }

    private VerifiedCertificate verified(List<byte[]> chain, Instant now)
            throws MalformedDataException, AttestationRefusedException {
        if (chain.isEmpty()) {
            throw new RequestRefusedException(
                    Reason.FORBIDDEN, "the group asks for a certificate of the endorsement key");
        }
        List<TpmCertificate> certificates = new ArrayList<>();
        for (byte[] der : chain) {
            certificates.add(TpmCertificate.decode(Bytes.wrap(der)));
        }
        return CertificateVerifier.trusting(roots)
                .withIntermediates(certificates.subList(1, certificates.size()))
                .verify(certificates.get(0), TpmCertificate.Purpose.ENDORSEMENT_KEY, now);
    }

    /** The answer proves that both keys are in the same TPM; that it is one, only somebody else than the machine can say. */
    private static KeyIdentity identity(Keys keys, Enrolments.Row row, Bytes secret, Instant now) {
        try {
            CredentialChallenge challenge = CredentialChallenge.decode(Bytes.wrap(row.challenge()));
            if (keys.certificate.isPresent()) {
                return KeyIdentity.byEndorsementKey(challenge, secret, now, keys.ek, keys.certificate.get(), keys.ak);
            }
            KeyIdentity known = KeyIdentity.byKnownEndorsementKey(challenge, secret, now, keys.ek, keys.ak);
            return keys.trust == Group.Trust.ALLOW_LIST ? known : KeyIdentity.asserted(keys.ak);
        } catch (AttestationRefusedException e) {
            throw new RequestRefusedException(Reason.FORBIDDEN, e.getMessage());
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a stored challenge", e);
        }
    }
}
