package io.github.measuredboot.diagnosis;

/** How many extends may be taken by the hypotheses that need a square number of them, for all PCRs of an explanation together. */
final class SearchBudget {
    private static final int MAX_EVENTS_OF_PCR = 300;

    private int extendsLeft = 2_000_000;

    /** Takes {@code events}² extends if there are so many left. */
    boolean takeSquareOf(int events) {
        if (events > MAX_EVENTS_OF_PCR || events * events > extendsLeft) {
            return false;
        }
        extendsLeft -= events * events;
        return true;
    }
}
