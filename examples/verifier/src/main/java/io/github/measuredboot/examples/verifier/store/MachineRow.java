package io.github.measuredboot.examples.verifier.store;

import java.time.Instant;

/**
 * A machine as it is stored.
 *
 * @param id its id, a new one with each enrolment
 * @param name the name that it gave itself, which is no key
 * @param groupName its group
 * @param ekName the name of the endorsement key of its TPM
 * @param akPublic the attestation key
 * @param identityLevel how far it is proved that the key is in a TPM
 * @param tlsSha256 the client certificate that it presented at enrolment
 * @param record its attestation record in JSON
 * @param pins its first-use pins in JSON
 * @param status its status as it was last announced
 * @param dueAt when silence becomes a timeout
 */
public record MachineRow(
        String id,
        String name,
        String groupName,
        String ekName,
        byte[] akPublic,
        String identityLevel,
        String tlsSha256,
        String record,
        String pins,
        String status,
        Instant dueAt) {}
