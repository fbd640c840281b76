package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A log without PCR values, with its data decoded and its digests checked against them. Everything that it hands out is claimed, the
 * digests included: nothing says that any TPM has measured it. What is more than a claim is in {@code replay.VerifiedLog}.
 */
public final class CheckedLog {
    private final EventLog log;
    private final List<CheckedEvent> events;

    private CheckedLog(EventLog log, List<CheckedEvent> events) {
        this.log = log;
        this.events = events;
    }

    /**
     * A log with its data and checks, with every known quirk accepted.
     *
     * @param log the log
     * @return the log with its data and checks, which are made when they are asked for
     */
    public static CheckedLog of(EventLog log) {
        return of(log, AcceptedQuirks.ALL);
    }

    /**
     * A log with its data and checks.
     *
     * @param log the log
     * @param accepted the quirks that do not count as a difference
     * @return the log with its data and checks, which are made when they are asked for
     */
    public static CheckedLog of(EventLog log, AcceptedQuirks accepted) {
        List<DigestChecker> banks = log.algorithms().stream()
                .filter(HashAlgorithm::isComputable)
                .map(algorithm -> new DigestChecker(algorithm, accepted))
                .toList();
        LogOrigin origin = LogOrigin.of(log);
        return new CheckedLog(log, new LazyList<>(log.events(), event -> new CheckedEvent(event, banks, origin)));
    }

    /** A list whose elements are made when they are first asked for and then stay the same. */
    private static final class LazyList<S, T> extends AbstractList<T> implements RandomAccess {
        private final List<S> sources;
        private final Function<S, T> maker;
        private final AtomicReferenceArray<@Nullable T> made;

        LazyList(List<S> sources, Function<S, T> maker) {
            this.sources = sources;
            this.maker = maker;
            this.made = new AtomicReferenceArray<>(sources.size());
        }

        @Override
        public T get(int index) {
            T known = made.get(index);
            if (known == null) {
                made.compareAndSet(index, null, maker.apply(sources.get(index)));
                known = Objects.requireNonNull(made.get(index));
            }
            return known;
        }

        @Override
        public int size() {
            return sources.size();
        }
    }

    /** {@return the log} */
    public EventLog log() {
        return log;
    }

    /** {@return the events in their order} */
    public List<CheckedEvent> events() {
        return events;
    }
}
