package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SipaProperties {
    @Property(tries = 2000)
    void anyBytesDecodeToATreeThatEncodesToThem(@ForAll byte[] data) {
        SipaChecks.check(Bytes.wrap(data));
    }

    @Property(tries = 1000)
    void anyTreeIsDecoded(@ForAll("elements") Bytes data) {
        SipaChecks.check(data);
    }

    @Property(tries = 2000)
    void aTreeWithChangedBytesIsDecoded(
            @ForAll("elements") Bytes data,
            @ForAll @IntRange(max = 1 << 20) int where,
            @ForAll byte what,
            @ForAll @IntRange(max = 40) int cutOff) {
        byte[] changed = data.toByteArray();
        if (changed.length > 0) {
            changed[where % changed.length] = what;
        }
        SipaChecks.check(Bytes.wrap(changed).slice(0, Math.max(0, changed.length - cutOff)));
    }

    @Provide
    Arbitrary<Bytes> elements() {
        Arbitrary<Bytes> data =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(Bytes::wrap);
        Arbitrary<Long> types = Arbitraries.oneOf(
                Arbitraries.of(SipaEventType.values()).map(SipaEventType::value),
                Arbitraries.longs().between(0, 0xffff_ffffL));
        Arbitrary<Bytes> leaves = Combinators.combine(types, data).as((type, value) -> SipaBytes.element(type, value));
        Arbitrary<Bytes> inner = containersOf(leaves);
        return containersOf(Arbitraries.oneOf(leaves, inner, Arbitraries.just(SipaBytes.boundary()), data));
    }

    private static Arbitrary<Bytes> containersOf(Arbitrary<Bytes> children) {
        return Combinators.combine(
                        Arbitraries.of(0x4001_0001L, 0x4001_0003L, 0xc001_0004L, 0x4001_1234L),
                        children.list().ofMaxSize(6))
                .as((type, parts) -> SipaBytes.element(type, parts.toArray(new Bytes[0])));
    }
}
