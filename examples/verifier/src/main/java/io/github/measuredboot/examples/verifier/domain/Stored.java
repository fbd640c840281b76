package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.PcrSelection;
import java.nio.charset.StandardCharsets;

/** What this service wrote itself, read back: a fault is a fault of the service. */
final class Stored {
    private interface Reading<T> {
        T read() throws MalformedDataException, AttestationRefusedException;
    }

    private Stored() {}

    static AttestationRecord record(String json) {
        return read(() -> AttestationRecordJson.parse(utf8(json)));
    }

    static FirstUsePins pins(String json) {
        return read(() -> FirstUsePinsJson.parse(utf8(json)));
    }

    static PcrSelection pcrs(String text) {
        return read(() -> PcrSelection.parse(text));
    }

    static KeyIdentity signer(byte[] akPublic, String identityLevel) {
        return read(() -> {
            AttestationKey key = AttestationKey.decode(Bytes.wrap(akPublic));
            return KeyIdentity.enrolled(
                    key,
                    key.name().orElseThrow(),
                    IdentityLevel.byId(identityLevel).orElse(IdentityLevel.UNKNOWN));
        });
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedDataException | AttestationRefusedException e) {
            throw new IllegalStateException("a stored value cannot be read", e);
        }
    }
}
