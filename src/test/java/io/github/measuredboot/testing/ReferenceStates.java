package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.DigestSet;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.Provenance;
import io.github.measuredboot.policy.ReferenceState.SecureBoot;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceState.Uki;
import io.github.measuredboot.policy.ReferenceState.UkiSection;
import io.github.measuredboot.policy.ReferenceState.UserspaceDigest;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

    public static DigestSet sha1(int filledWith) {
        return DigestSet.of(digest(HashAlgorithm.SHA1, filledWith));
    }

    @Provide
    public Arbitrary<DigestSet> digestSets() {
        return Arbitraries.of(ALGORITHMS)
                .set()
                .ofMaxSize(3)
                .flatMap(algorithms -> Arbitraries.integers()
                        .between(0, 4)
                        .map(fill -> new DigestSet(algorithms.stream()
                                .map(algorithm -> digest(algorithm, fill))
                                .toList())));
    }

    @Provide
    public Arbitrary<ReferenceState> states() {
        Arbitrary<List<Firmware>> firmware = Combinators.combine(
                        digestSets(), digestSets().list().ofMaxSize(5))
                .as(Firmware::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        firmware,
                        secureBoot(),
                        ukis(),
                        userspaceDigests(),
                        provenance().list().ofMaxSize(2))
                .as(ReferenceState::new);
    }

    private Arbitrary<SecureBoot> secureBoot() {
        Arbitrary<List<Signature>> signatures = Combinators.combine(
                        Arbitraries.of(OWNERS).map(owner -> Guid.of(UUID.fromString(owner))),
                        Arbitraries.integers().between(1, 3).map(size -> Bytes.wrap(new byte[size])))
                .as(Signature::new)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(signatures, signatures, signatures, signatures)
                .as(SecureBoot::new);
    }

    private Arbitrary<Uki> ukis() {
        Arbitrary<UkiSection> sections = Combinators.combine(
                        Arbitraries.of(".linux", ".osrel", ".cmdline").optional(), digestSets())
                .as(UkiSection::new);
        return Combinators.combine(
                        digestSets(),
                        sections.list().ofMaxSize(4),
                        digestSets().list().ofMaxSize(2),
                        digestSets())
                .as(Uki::new);
    }

    private Arbitrary<List<UserspaceDigest>> userspaceDigests() {
        Arbitrary<Digest> digests = Combinators.combine(
                        Arbitraries.of(ALGORITHMS), Arbitraries.integers().between(0, 2))
                .as(ReferenceStates::digest);
        return Combinators.combine(Arbitraries.integers().between(0, 31), digests)
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
