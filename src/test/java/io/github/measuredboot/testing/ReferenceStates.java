package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Reference states: those of the corpus, where it was given, and generated ones with few different digests. */
public final class ReferenceStates extends DomainContextBase {
    private static final List<HashAlgorithm> ALGORITHMS =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SM3_256);
    private static final List<String> OWNERS = List.of(
            "77fa9abd-0359-4d32-bd60-28f4e78f784b",
            "00000000-0000-0000-0000-000000000000",
            "01234567-89ab-cdef-0123-456789abcdef");

    /** Skips the calling test where the property that names the shared folder is not set. */
    public static List<Path> ofCorpus() {
        try (Stream<Path> files = Files.list(TestLogs.shared("refstates"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path ofCorpus(String name) {
        return ofCorpus().stream()
                .filter(file -> file.getFileName().toString().equals(name + ".json"))
                .findFirst()
                .orElseThrow();
    }

    public static Digest digest(HashAlgorithm algorithm, int filledWith) {
        byte[] value = new byte[algorithm.digestSize()];
        Arrays.fill(value, (byte) filledWith);
        return new Digest(algorithm, Bytes.wrap(value));
    }

    public static DigestSet sha256(int filledWith) {
        return DigestSet.of(digest(HashAlgorithm.SHA256, filledWith));
    }

    /** The digests of one bank alone; events without one are left out. */
    public static ReferenceState onlyBank(ReferenceState state, HashAlgorithm bank) {
        ReferenceState.Builder builder = state.toBuilder()
                .firmware(state.firmware().stream()
                        .map(firmware -> Firmware.builder()
                                .scrtm(firmware.scrtm().only(bank))
                                .platformFirmware(firmware.platformFirmware().stream()
                                        .map(blob -> blob.only(bank))
                                        .toList())
                                .startupLocality(firmware.startupLocality())
                                .pcr0(onlyBank(firmware.pcr0(), bank))
                                .pcr2(onlyBank(firmware.pcr2(), bank))
                                .build())
                        .toList())
                .userspaceDigests(state.userspaceDigests().stream()
                        .filter(extended -> extended.digest().algorithm().equals(bank))
                        .toList());
        state.pcrs()
                .forEach(pcr -> builder.pcr(new PinnedPcr(
                        pcr.pcr(),
                        pcr.mode(),
                        pcr.alternatives().stream()
                                .map(events -> onlyBank(events, bank))
                                .toList())));
        return builder.build();
    }

    private static List<PinnedEvent> onlyBank(List<PinnedEvent> events, HashAlgorithm bank) {
        return events.stream()
                .map(event -> event.onlyBank(bank))
                .filter(event -> !event.digests().isEmpty())
                .toList();
    }

    public static DigestSet sha1(int filledWith) {
        return DigestSet.of(digest(HashAlgorithm.SHA1, filledWith));
    }

    @Provide
    public Arbitrary<DigestSet> digestSets() {
        return digestSets(0);
    }

    private Arbitrary<DigestSet> digestSets(int atLeast) {
        return Arbitraries.of(ALGORITHMS)
                .set()
                .ofMinSize(atLeast)
                .ofMaxSize(3)
                .flatMap(algorithms -> Arbitraries.integers()
                        .between(0, 4)
                        .map(fill -> new DigestSet(algorithms.stream()
                                .map(algorithm -> digest(algorithm, fill))
                                .toList())));
    }

    /** Full states, as they are made of logs. */
    @Provide
    public Arbitrary<ReferenceState> states() {
        return Combinators.combine(
                        Arbitraries.of(Profile.class),
                        firmware().list().ofMaxSize(3),
                        secureBoot(),
                        pcrs(),
                        userspaceDigests(),
                        provenance().list().ofMaxSize(2))
                .as((profile, firmware, secureBoot, pcrs, userspaceDigests, provenance) -> {
                    ReferenceState.Builder state = ReferenceState.builder()
                            .profile(profile)
                            .firmware(firmware)
                            .secureBoot(secureBoot)
                            .userspaceDigests(userspaceDigests)
                            .provenance(provenance);
                    pcrs.forEach(state::pcr);
                    return state.build();
                });
    }

    private Arbitrary<Firmware> firmware() {
        return Combinators.combine(
                        digestSets(),
                        digestSets(1).list().ofMaxSize(5),
                        Arbitraries.of(0, 3, 4),
                        events().list().ofMaxSize(4),
                        events().list().ofMaxSize(2))
                .as((scrtm, blobs, locality, pcr0, pcr2) -> Firmware.builder()
                        .scrtm(scrtm)
                        .platformFirmware(blobs)
                        .startupLocality(OptionalInt.of(locality))
                        .pcr0(pcr0)
                        .pcr2(pcr2)
                        .build());
    }

    private Arbitrary<PinnedEvent> events() {
        Arbitrary<EventType> types = Arbitraries.longs()
                .between(0, 0xffff_ffffL)
                .edgeCases(edges -> edges.add(1L, 13L, 0x402L, 0x80000001L, 0x80009999L))
                .map(EventType::new);
        Arbitrary<String> descriptions = Arbitraries.strings()
                .withChars("ab \\u0007\"\n\u001b\u202e\ud800\u20ac")
                .ofMaxLength(PinnedEvent.MAX_DESCRIPTION + 20);
        Arbitrary<PinnedEvent.VariableName> names = Combinators.combine(
                        Arbitraries.of(OWNERS).map(Guid::of), Arbitraries.of("db", "dbx", "SecureBoot", "\u20ac", ""))
                .as(PinnedEvent.VariableName::new);
        return Combinators.combine(
                        digestSets(1),
                        types,
                        descriptions,
                        Arbitraries.of(PinnedEvent.Role.class).optional(),
                        names.optional())
                .as(PinnedEvent::new);
    }

    private Arbitrary<List<PinnedPcr>> pcrs() {
        Arbitrary<List<List<PinnedEvent>>> alternatives =
                events().list().ofMaxSize(3).list().ofMaxSize(2);
        Arbitrary<PinnedPcr> pcr = Combinators.combine(
                        Arbitraries.integers().between(1, 16), Arbitraries.of(PcrMode.class), alternatives)
                .as((index, mode, events) -> new PinnedPcr(index, possible(index, mode, events), events));
        return pcr.list().uniqueElements(PinnedPcr::pcr).ofMaxSize(6);
    }

    private static PcrMode possible(int pcr, PcrMode mode, List<List<PinnedEvent>> events) {
        boolean isImpossible =
                mode == PcrMode.SEQUENCE ? events.isEmpty() : mode == PcrMode.CONTENT && pcr != 5 && pcr != 7;
        return isImpossible ? PcrMode.EMPTY : mode;
    }

    private Arbitrary<SecureBootKeys> secureBoot() {
        Arbitrary<List<Signature>> signatures = Combinators.combine(
                        Arbitraries.of(SignatureType.class).optional(),
                        Arbitraries.of(OWNERS).map(owner -> Guid.of(UUID.fromString(owner))),
                        Arbitraries.integers().between(1, 3).map(size -> Bytes.wrap(new byte[size])))
                .as(Signature::new)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(signatures, signatures, signatures, signatures)
                .as(SecureBootKeys::new);
    }

    private Arbitrary<List<UserspaceDigest>> userspaceDigests() {
        Arbitrary<Digest> digests = Combinators.combine(
                        Arbitraries.of(ALGORITHMS), Arbitraries.integers().between(0, 2))
                .as(ReferenceStates::digest);
        return Combinators.combine(Arbitraries.integers().between(0, 23), digests)
                .as(UserspaceDigest::new)
                .list()
                .ofMaxSize(4);
    }

    private Arbitrary<Provenance> provenance() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("abc \"\\/<>\u00e4\u20ac\u4e2d").ofMaxLength(20);
        Arbitrary<Instant> times = Combinators.combine(
                        Arbitraries.longs()
                                .between(
                                        Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(),
                                        Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        return Combinators.combine(texts.optional(), texts.optional(), texts.optional(), digestSets(), times.optional())
                .as(Provenance::new);
    }
}
