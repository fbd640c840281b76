package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.ShownFields;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is decoded is what was encoded, and encoding gives the bytes back. */
class UefiStructuresProperties {
    private static final long U32 = 0xffff_ffffL;

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(Bytes data, long offset) throws MalformedDataException;
    }

    private static <T> void check(T value, Bytes encoded, Decoder<T> decoder) throws Exception {
        assertEquals(value, decoder.decode(encoded, 0));
    }

    @Property(tries = 200)
    void variables(
            @ForAll("guids") Guid guid, @ForAll String name, @ForAll("data") Bytes data, @ForAll("data") Bytes rest)
            throws Exception {
        VariableData variable = new VariableData(guid, name, data, rest);
        check(variable, variable.encode(), VariableData::decode);
        assertEquals(data, variable.encode().slice(variable.dataOffset(), data.length()));
        assertEquals(rest, variable.encode().from(variable.dataOffset() + data.length()));
    }

    @Property(tries = 200)
    void loadOptions(
            @ForAll("u32") long attributes,
            @ForAll String description,
            @ForAll("data") Bytes paths,
            @ForAll("data") Bytes optionalData)
            throws Exception {
        LoadOption option =
                new LoadOption(attributes, description.replace("\0", ""), DevicePath.decodeList(paths), optionalData);
        check(option, option.encode(), LoadOption::decode);
    }

    @Property(tries = 200)
    void bootOrders(@ForAll("orders") List<Integer> options) throws Exception {
        BootOrder order = new BootOrder(options);
        check(order, order.encode(), BootOrder::decode);
    }

    @Property(tries = 200)
    void imageLoadEvents(
            @ForAll("u32") long location,
            @ForAll long length,
            @ForAll long linkTimeAddress,
            @ForAll("lengths") long lengthOfDevicePath,
            @ForAll("data") Bytes path)
            throws Exception {
        Bytes bytes = new ByteWriter()
                .u64(location)
                .u64(length)
                .u64(linkTimeAddress)
                .u64(lengthOfDevicePath)
                .bytes(path)
                .toBytes();
        ImageLoadEvent event = ImageLoadEvent.decode(bytes, 0);
        assertEquals(bytes, event.encode());
        assertEquals(location, event.imageLocationInMemory());
        assertEquals(length, event.imageLengthInMemory());
        assertEquals(linkTimeAddress, event.imageLinkTimeAddress());
        assertEquals(lengthOfDevicePath, event.lengthOfDevicePath());
        assertEquals(Bytes.EMPTY, event.devicePath().trailing());
        ShownFields.requireInside(event.fields(0), bytes.length());
    }

    @Property(tries = 200)
    void partitionTables(
            @ForAll("headers") GptTable.Header header,
            @ForAll("names") List<Bytes> names,
            @ForAll("guids") Guid guid,
            @ForAll long lba,
            @ForAll("data") Bytes trailing)
            throws Exception {
        Bytes reserved = Bytes.wrap(new byte[(int) header.sizeOfPartitionEntry() - GptTable.Partition.MIN_SIZE]);
        List<GptTable.Partition> partitions = names.stream()
                .map(name -> new GptTable.Partition(guid, guid, lba, lba - 1, lba + 1, name, reserved))
                .toList();
        assertEquals(header, GptTable.Header.decode(header.encode()));
        GptTable table = new GptTable(header, partitions, trailing);
        check(table, table.encode(), GptTable::decode);
    }

    @Property(tries = 200)
    void handoffTables(
            @ForAll("guids") Guid guid,
            @ForAll List<Long> addresses,
            @ForAll("data") Bytes description,
            @ForAll("data") Bytes trailing)
            throws Exception {
        HandoffTables tables = new HandoffTables(
                addresses.stream()
                        .map(address -> new HandoffTables.Pointer(guid, address))
                        .toList(),
                trailing);
        check(tables, tables.encode(), HandoffTables::decode);
        HandoffTables2 described = new HandoffTables2(description, tables);
        check(described, described.encode(), HandoffTables2::decode);
    }

    @Property(tries = 200)
    void firmwareBlobs(@ForAll long base, @ForAll long length, @ForAll("data") Bytes description) throws Exception {
        FirmwareBlob blob = new FirmwareBlob(base, length);
        check(blob, blob.encode(), FirmwareBlob::decode);
        FirmwareBlob2 described = new FirmwareBlob2(description, base, length);
        check(described, described.encode(), FirmwareBlob2::decode);
    }

    @Property(tries = 200)
    void signatureDatabases(
            @ForAll("guids") Guid type,
            @ForAll("data") Bytes header,
            @ForAll List<Long> owners,
            @ForAll("data") Bytes signature)
            throws Exception {
        SignatureList list = new SignatureList(
                type,
                header,
                owners.stream()
                        .map(owner -> new SignatureData(Guid.of(new UUID(owner, 1)), signature))
                        .toList(),
                Guid.SIZE + signature.length());
        check(list, list.encode(), SignatureList::decode);
        SignatureDatabase database = new SignatureDatabase(List.of(list, list));
        check(database, database.encode(), SignatureDatabase::decode);
    }

    @Property(tries = 200)
    void authenticationHeaders(
            @ForAll("times") EfiTime time,
            @ForAll("guids") Guid type,
            @ForAll("data") Bytes data,
            @ForAll("data") Bytes content)
            throws Exception {
        check(time, time.encode(), EfiTime::decode);
        VariableAuthentication2 header = new VariableAuthentication2(time, type, data, content);
        check(header, header.encode(), VariableAuthentication2::decode);
    }

    @Property(tries = 200)
    void bytesThatDecodeAreGivenBack(@ForAll("data") Bytes bytes) {
        check(bytes, VariableData::decode, VariableData::encode);
        check(bytes, LoadOption::decode, LoadOption::encode);
        check(bytes, BootOrder::decode, BootOrder::encode);
        check(bytes, ImageLoadEvent::decode, ImageLoadEvent::encode);
        check(bytes, HandoffTables::decode, HandoffTables::encode);
        check(bytes, HandoffTables2::decode, HandoffTables2::encode);
        check(bytes, FirmwareBlob2::decode, FirmwareBlob2::encode);
        check(bytes, EfiTime::decode, EfiTime::encode);
        check(bytes, SbatLevel::decode, SbatLevel::encode);
        check(bytes, AuthoritySignature::decode, AuthoritySignature::encode);
    }

    private static <T> void check(Bytes bytes, Decoder<T> decoder, Function<T, Bytes> encoder) {
        T value;
        try {
            value = decoder.decode(bytes, 5);
        } catch (MalformedDataException e) {
            long offset = e.fault().offset();
            assertEquals(true, offset >= 5 && offset <= 5 + bytes.length(), e.getMessage());
            return;
        }
        assertEquals(bytes, encoder.apply(value));
    }

    @Provide
    Arbitrary<Guid> guids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> Guid.of(new UUID(high, low)));
    }

    @Provide
    Arbitrary<Bytes> data() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(120).map(Bytes::wrap);
    }

    @Provide
    Arbitrary<Long> u32() {
        return Arbitraries.longs().between(0, U32);
    }

    @Provide
    Arbitrary<Long> lengths() {
        return Arbitraries.oneOf(Arbitraries.longs().between(0, 130), Arbitraries.longs());
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.integers().between(0, 0xffff).list();
    }

    @Provide
    Arbitrary<List<Bytes>> names() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(72)
                .map(Bytes::wrap)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<GptTable.Header> headers() {
        return Combinators.combine(guids(), u32(), Arbitraries.longs(), Arbitraries.of(128L, 130L, 256L))
                .as(GptHeaders::of);
    }

    @Provide
    Arbitrary<EfiTime> times() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xffff),
                        Arbitraries.integers().between(0, 0xff),
                        Arbitraries.shorts(),
                        u32())
                .as((year, octet, zone, nanos) ->
                        new EfiTime(year, octet, 255 - octet, octet, octet, octet, octet, nanos, zone, octet, octet));
    }
}
