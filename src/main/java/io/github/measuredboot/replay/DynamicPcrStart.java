package io.github.measuredboot.replay;

/**
 * The value from which PCR 17 to 22 are extended (TCG PC Client Platform TPM Profile, section 4.6). Where the value of a PCR is
 * known, it shows the start by itself: the digests of the log lead to it from only one of the two.
 */
public enum DynamicPcrStart {
    /** Ones, which TPM2_Startup leaves there: whatever extended the PCR was not started by a dynamic launch. */
    ONES("ones", 0xff),

    /**
     * Zeros, which a dynamic launch (Intel TXT, AMD SKINIT) leaves there. In PCR 17 to 19 nothing else does; PCR 20 to 22 can also be
     * reset from locality 2, which is that of the launched environment.
     */
    ZEROS("zeros", 0x00);

    private static final int FIRST_PCR = 17;
    private static final int LAST_OF_LAUNCH_ALONE = 19;
    private static final int LAST_PCR = 22;

    private final String text;
    private final byte filler;

    DynamicPcrStart(String text, int filler) {
        this.text = text;
        this.filler = (byte) filler;
    }

    /**
     * Whether a PCR has two possible starts.
     *
     * @param pcr the PCR index
     * @return true for 17 to 22
     */
    public static boolean applies(int pcr) {
        return pcr >= FIRST_PCR && pcr <= LAST_PCR;
    }

    /** Whether nothing but a dynamic launch resets the PCR. */
    static boolean isResetByLaunchAlone(int pcr) {
        return pcr >= FIRST_PCR && pcr <= LAST_OF_LAUNCH_ALONE;
    }

    DynamicPcrStart other() {
        return this == ONES ? ZEROS : ONES;
    }

    byte filler() {
        return filler;
    }

    /** The name as reports print it. */
    @Override
    public String toString() {
        return text;
    }
}
