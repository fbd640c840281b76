package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.VariableData;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Changes a copy of a log in place, and keeps the digests true. */
final class LogEditor {
    private final EventLog original;
    private final byte[] bytes;

    LogEditor(EventLog original) {
        this.original = original;
        this.bytes = original.bytes().toByteArray();
    }

    byte[] bytes() {
        return bytes;
    }

    /** {@return the variable of an event, if it has one} */
    static Optional<VariableData> variable(Event event) {
        try {
            return Optional.of(VariableData.decode(event.data(), 0));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /** Whether each digest of an event is the hash of its data, or of the value of its variable. */
    boolean isCovered(Event event) {
        return !event.digests().isEmpty()
                && event.digests().stream()
                        .allMatch(digest -> covered(event, digest.algorithm()).isPresent());
    }

    /** The part of the data that a digest is the hash of. */
    private Optional<Bytes> covered(Event event, HashAlgorithm bank) {
        Bytes digest = event.digest(bank).orElseThrow().value();
        return Optional.of(event.data())
                .filter(data -> bank.hash(data).filter(digest::equals).isPresent())
                .or(() -> variable(event)
                        .map(VariableData::data)
                        .filter(value -> bank.hash(value).filter(digest::equals).isPresent()));
    }

    /** Writes over the data of an event, and leaves its digests as they are. */
    void overwrite(Event event, int at, byte[] data) {
        System.arraycopy(data, 0, bytes, event.dataOffset() + at, data.length);
    }

    /** Writes over the data of an event that its digests cover, and makes them true again. */
    void change(Event event, int at, byte[] data) {
        overwrite(event, at, data);
        event.digests().forEach(digest -> {
            HashAlgorithm bank = digest.algorithm();
            Bytes before = covered(event, bank).orElseThrow();
            int start = event.dataOffset()
                    + (before.length() == event.data().length()
                            ? 0
                            : VariableData.HEADER_SIZE
                                    + 2
                                            * variable(event)
                                                    .orElseThrow()
                                                    .unicodeName()
                                                    .length());
            Bytes after = Bytes.wrap(bytes).slice(start, before.length());
            bank.hash(after)
                    .orElseThrow()
                    .copyTo(bytes, event.digestOffset(bank).orElseThrow());
        });
    }

    /** Gives an event other digests, as if it had measured something else that the log does not hold. */
    void measureOther(Event event, RandomGenerator random) {
        event.digests().forEach(digest -> {
            byte[] other = new byte[digest.value().length()];
            random.nextBytes(other);
            System.arraycopy(
                    other, 0, bytes, event.digestOffset(digest.algorithm()).orElseThrow(), other.length);
        });
    }

    /** {@return the log as it is now, without an event} */
    byte[] without(Event event) {
        int end = event.offset() + event.encoded().length();
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - event.encoded().length());
        System.arraycopy(bytes, end, shorter, event.offset(), bytes.length - end);
        return shorter;
    }

    EventLog original() {
        return original;
    }
}
