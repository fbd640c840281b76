package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.FieldValue;
import java.util.Optional;

/**
 * What Windows measured of an early-launch anti-malware driver. Every method gives empty where the container has no such
 * element, more than one, or one that is malformed.
 *
 * @param container the {@link SipaEventType#ELAM_AGGREGATION}
 */
public record ElamDriver(SipaElement.Container container) {
    /** {@return the name of its registry key, such as {@code Windows Defender}} */
    public Optional<String> keyName() {
        return container.only(SipaEventType.ELAM_KEYNAME, FieldValue.Text.class).map(FieldValue.Text::text);
    }

    /** {@return its value {@code Measured}, 20 bytes for a SHA-1 digest} */
    public Optional<Bytes> measured() {
        return binary(SipaEventType.ELAM_MEASURED);
    }

    /** {@return its value {@code Config}} */
    public Optional<Bytes> configuration() {
        return binary(SipaEventType.ELAM_CONFIGURATION);
    }

    /** {@return its value {@code Policy}} */
    public Optional<Bytes> policy() {
        return binary(SipaEventType.ELAM_POLICY);
    }

    private Optional<Bytes> binary(SipaEventType type) {
        return container.only(type, FieldValue.Binary.class).map(FieldValue.Binary::bytes);
    }
}
