package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.json.DataWriter;
import java.time.Instant;
import java.util.Optional;

/** A credential that was made. */
record CredentialReport(
        String output, Optional<Bytes> endorsementKeyName, Bytes attestationKeyName, Optional<Instant> expires)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept("made " + InputFile.called(output) + ", for the key " + out.hex(attestationKeyName));
        endorsementKeyName.ifPresent(
                name -> out.accept("only the TPM with the endorsement key " + out.hex(name) + " opens it"));
        expires.ifPresentOrElse(
                time -> out.accept("the answer is accepted before " + time),
                () -> out.accept(
                        "note: whether the key may be an attestation key was not checked: give --ak for that"));
    }

    /** {@code credential, endorsementKeyName, attestationKeyName, expires}. */
    @Override
    public void members(DataWriter out) {
        out.put("credential", output)
                .put("endorsementKeyName", endorsementKeyName.map(Bytes::toHex))
                .put("attestationKeyName", attestationKeyName)
                .put("expires", expires.map(Instant::toString));
    }
}
