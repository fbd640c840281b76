package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import java.util.List;
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
        return value(SipaEventType.ELAM_KEYNAME)
                .flatMap(value -> value instanceof SipaValue.Text text ? Optional.of(text.text()) : Optional.empty());
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
        return value(type)
                .flatMap(value ->
                        value instanceof SipaValue.Binary binary ? Optional.of(binary.bytes()) : Optional.empty());
    }

    private Optional<SipaValue> value(SipaEventType type) {
        List<SipaElement.Leaf> leaves = container.leaves(type);
        return leaves.size() == 1 ? Optional.of(leaves.get(0).value()) : Optional.empty();
    }
}
