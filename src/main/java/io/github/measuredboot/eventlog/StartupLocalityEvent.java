package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The StartupLocality event, an EV_NO_ACTION event with the locality from which TPM2_Startup was sent ({@code
 * TCG_EfiStartupLocalityEvent}, PFP section 10.4.5.3): a signature of 16 bytes and one byte. No digest covers it.
 */
public final class StartupLocalityEvent {
    /** The size of the structure in bytes. */
    public static final int SIZE = 17;

    private static final Bytes SIGNATURE = Bytes.encode("StartupLocality\0", StandardCharsets.US_ASCII);

    private StartupLocalityEvent() {}

    /**
     * Whether event data begin with the signature.
     *
     * @param data the data of an EV_NO_ACTION event
     * @return true if they do, whatever follows
     */
    public static boolean isStartupLocality(Bytes data) {
        return data.startsWith(SIGNATURE);
    }

    /**
     * The locality in the event, whether or not it is a possible one.
     *
     * @param data the data of an EV_NO_ACTION event
     * @return 0 to 255, or empty if the signature is a different one or the event ends after it
     */
    public static OptionalInt locality(Bytes data) {
        return isStartupLocality(data) && data.length() >= SIZE
                ? OptionalInt.of(data.u8(SIZE - 1))
                : OptionalInt.empty();
    }

    /**
     * Encodes the structure.
     *
     * @param locality its low eight bits are written
     * @return 17 bytes of event data
     */
    public static Bytes encode(int locality) {
        byte[] data = new byte[SIZE];
        SIGNATURE.copyTo(data, 0);
        data[SIZE - 1] = (byte) locality;
        return Bytes.wrap(data);
    }
}
