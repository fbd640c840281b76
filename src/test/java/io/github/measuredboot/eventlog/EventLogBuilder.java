package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * Writes event logs, right ones and wrong ones, for tests of policies and of this library. Nothing is checked: what is
 * asked for is written. Mutable: for one thread.
 *
 * <pre>{@code
 * byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
 *         .startupLocality(3)
 *         .measure(0, EventType.EV_S_CRTM_VERSION, version)
 *         .measure(7, EventType.EV_SEPARATOR, Bytes.wrap(new byte[4]))
 *         .build();
 * }</pre>
 */
public final class EventLogBuilder {
    private final ByteWriter log = new ByteWriter();
    private final EventLog.Format format;
    private final List<HashAlgorithm> algorithms;

    private EventLogBuilder(EventLog.Format format, List<HashAlgorithm> algorithms) {
        this.format = format;
        this.algorithms = algorithms;
    }

    /** {@return a builder of {@code TCG_PCR_EVENT} structures, without a Spec ID event} */
    public static EventLogBuilder legacy() {
        return new EventLogBuilder(EventLog.Format.LEGACY, List.of(HashAlgorithm.SHA1));
    }

    /**
     * Begins a crypto-agile log with the header that EDK2 writes.
     *
     * @param algorithms the banks
     * @return a builder of {@code TCG_PCR_EVENT2} structures
     */
    public static EventLogBuilder cryptoAgile(HashAlgorithm... algorithms) {
        return cryptoAgile(SpecIdEvent.of(List.of(algorithms)));
    }

    /**
     * Begins a crypto-agile log with a header of the caller's.
     *
     * @param header the Spec ID event, normally with the signature {@link SpecIdEvent.Version#EVENT03}
     * @return a builder of {@code TCG_PCR_EVENT2} structures
     */
    public static EventLogBuilder cryptoAgile(SpecIdEvent header) {
        return new EventLogBuilder(EventLog.Format.CRYPTO_AGILE, header.algorithms())
                .legacyEvent(0, EventType.EV_NO_ACTION, zero(HashAlgorithm.SHA1).value(), header.encode());
    }

    /**
     * Begins with all events of a log, written anew from their fields, so that more can follow. What trails the log's
     * last event is not taken along.
     *
     * @param log the log
     * @return a builder of the same format and algorithms
     */
    public static EventLogBuilder from(EventLog log) {
        EventLogBuilder builder = new EventLogBuilder(log.format(), log.algorithms());
        log.events().forEach(builder::event);
        return builder;
    }

    /**
     * Adds an event of another log. A legacy event keeps its format as the first event of the log, where the header
     * stands; elsewhere it takes the format of this log.
     *
     * @param event the event
     * @return this builder
     */
    public EventLogBuilder event(Event event) {
        if (event.number() == 0 && log.isEmpty()) {
            return legacyEvent(
                    event.pcrIndex(),
                    event.claimedType(),
                    event.digests().get(0).value(),
                    event.data());
        }
        return event(event.pcrIndex(), event.claimedType(), event.digests(), event.data());
    }

    /**
     * Adds an event whose digests are the hash of its data, in every bank of the log; zero in a bank that cannot be
     * computed.
     *
     * @param pcrIndex the PCR
     * @param type the type
     * @param data the event data, which is what is measured
     * @return this builder
     */
    public EventLogBuilder measure(long pcrIndex, EventType type, Bytes data) {
        return measure(pcrIndex, type, data, data);
    }

    /**
     * Adds an event whose digests are the hash of something that is not in the log.
     *
     * @param pcrIndex the PCR
     * @param type the type
     * @param measured what the digests are made of
     * @param data the event data
     * @return this builder
     */
    public EventLogBuilder measure(long pcrIndex, EventType type, Bytes measured, Bytes data) {
        return event(
                pcrIndex, type, algorithms.stream().map(a -> hash(a, measured)).toList(), data);
    }

    /**
     * Adds an EV_NO_ACTION event with digests of zeros in every bank.
     *
     * @param pcrIndex the PCR, normally 0
     * @param data the event data
     * @return this builder
     */
    public EventLogBuilder noAction(long pcrIndex, Bytes data) {
        List<Digest> zeros = algorithms.stream().map(EventLogBuilder::zero).toList();
        return event(pcrIndex, EventType.EV_NO_ACTION, zeros, data);
    }

    /**
     * Adds a StartupLocality event for PCR 0.
     *
     * @param locality the locality, 0 to 255
     * @return this builder
     */
    public EventLogBuilder startupLocality(int locality) {
        return noAction(0, StartupLocalityEvent.encode(locality));
    }

    /**
     * Adds an event with any digests.
     *
     * @param pcrIndex the PCR, 0 to 4294967295
     * @param type the type
     * @param digests the digests in their order; the first alone is written to a legacy log
     * @param data the event data
     * @return this builder
     */
    public EventLogBuilder event(long pcrIndex, EventType type, List<Digest> digests, Bytes data) {
        return event(pcrIndex, type, digests.size(), digests, data.length(), data);
    }

    /**
     * Adds an event whose counts need not be true.
     *
     * @param pcrIndex the PCR, 0 to 4294967295
     * @param type the type
     * @param digestCount the count of digests to claim; not written to a legacy log
     * @param digests the digests in their order; the first alone is written to a legacy log
     * @param eventSize the size of the event data to claim, 0 to 4294967295
     * @param data the event data
     * @return this builder
     */
    public EventLogBuilder event(
            long pcrIndex, EventType type, long digestCount, List<Digest> digests, long eventSize, Bytes data) {
        log.u32(pcrIndex).u32(type.value());
        if (format == EventLog.Format.CRYPTO_AGILE) {
            log.u32(digestCount);
            digests.forEach(digest -> log.u16(digest.algorithm().id()).bytes(digest.value()));
        } else if (!digests.isEmpty()) {
            log.bytes(digests.get(0).value());
        }
        log.u32(eventSize).bytes(data);
        return this;
    }

    /**
     * Adds any bytes: padding, a part of an event, anything.
     *
     * @param bytes the bytes
     * @return this builder
     */
    public EventLogBuilder raw(Bytes bytes) {
        log.bytes(bytes);
        return this;
    }

    /** {@return a new array with the log so far; more can be added afterwards} */
    public byte[] build() {
        return log.toBytes().toByteArray();
    }

    private EventLogBuilder legacyEvent(long pcrIndex, EventType type, Bytes digest, Bytes data) {
        log.u32(pcrIndex).u32(type.value()).bytes(digest).u32(data.length()).bytes(data);
        return this;
    }

    private static Digest zero(HashAlgorithm algorithm) {
        return new Digest(algorithm, Bytes.wrap(new byte[algorithm.digestSize()]));
    }

    private static Digest hash(HashAlgorithm algorithm, Bytes measured) {
        return algorithm
                .hash(measured)
                .map(value -> new Digest(algorithm, value))
                .orElseGet(() -> zero(algorithm));
    }
}
