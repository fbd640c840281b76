package io.github.measuredboot.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.tpm.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TaggedEventsTest {
    private static final Bytes INITRD = tagged(0x8f3b_22ecL, ascii("Linux initrd\0"));
    private static final Bytes LOADER_CONF =
            tagged(0xf5bc_582aL, Bytes.encode("loader.conf\0", StandardCharsets.UTF_16LE));

    @Test
    void oneEventHoldsSeveral() {
        TaggedEvents decoded = TaggedEvents.decode(join(INITRD, LOADER_CONF, tagged(5, Bytes.EMPTY)));

        assertEquals(
                List.of(0, 21, 53),
                decoded.events().stream().map(TaggedEvent::offset).toList());
        assertEquals(
                List.of(Optional.of("Linux initrd"), Optional.of("loader.conf"), Optional.empty()),
                decoded.events().stream().map(TaggedEvent::text).toList());
        assertEquals(EventTag.LINUX_INITRD, decoded.events().get(0).tag().orElseThrow());
        assertEquals(Optional.empty(), decoded.fault());
        assertEquals(Bytes.EMPTY, decoded.rest());
    }

    @Test
    void theTextOfATagIsReadInAnyEncoding() {
        String text = "root=/dev/sda1 initrd=\\i.img";
        for (long id : List.of(0x8f3b_22edL, 0x6c46_f751L, 0x13ae_d6dbL, 0x4141_454cL, 0x1234_5678L)) {
            for (Bytes data : List.of(ascii(text), ascii(text + "\0"), wide(text), wide(text + "\0"))) {
                assertEquals(Optional.of(text), new TaggedEvent(id, data, 0).text(), () -> id + ": " + data);
            }
            Bytes cut = wide(text).slice(0, 2 * text.length() - 1);
            assertEquals(Optional.of(text), new TaggedEvent(id, cut, 0).text());
        }
    }

    @Test
    void theTextOfATagOfSystemdMayBeShort() {
        assertEquals(Optional.of("é"), new TaggedEvent(0x13ae_d6dbL, wide("é\0"), 0).text());
        assertEquals(Optional.of("2"), new TaggedEvent(0x13ae_d6dbL, wide("2\0"), 0).text());
        assertEquals(Optional.of(""), new TaggedEvent(0x13ae_d6dbL, wide("\0"), 0).text());
        assertEquals(Optional.of("根目录"), new TaggedEvent(0x6c46_f751L, wide("根目录"), 0).text());
    }

    @Test
    void whatIsNoTextIsNotReadAsText() {
        Bytes random = Bytes.parseHex("d41d8cd98f00b204e9800998ecf8427e");
        for (long id : List.of(0x8f3b_22edL, 0x6c46_f751L, 0x4141_454cL, 0x1234_5678L)) {
            assertEquals(Optional.empty(), new TaggedEvent(id, random, 0).text());
        }
    }

    @Test
    void whatIsNoTaggedEventIsKeptWithItsFault() {
        TaggedEvents decoded = TaggedEvents.decode(join(INITRD, ascii("LOADED_IMAGE::LoadOptions\0")));
        assertEquals(1, decoded.events().size());
        assertEquals(ascii("LOADED_IMAGE::LoadOptions\0"), decoded.rest());
        assertEquals(
                "TCG_PCClientTaggedEvent.taggedEventData at offset 29: needs 1230980165 bytes, 18 are left",
                decoded.fault().orElseThrow().message());
        assertEquals(7, TaggedEvents.decode(Bytes.wrap(new byte[7])).rest().length());
        assertEquals(new TaggedEvents(List.of(), Bytes.EMPTY, Optional.empty()), TaggedEvents.decode(Bytes.EMPTY));
    }

    @Test
    void theNumberOfTaggedEventsIsBounded() {
        TaggedEvents decoded = TaggedEvents.decode(Bytes.wrap(new byte[8 * (TaggedEvents.MAX_EVENTS + 3)]));
        assertEquals(TaggedEvents.MAX_EVENTS, decoded.events().size());
        assertEquals(3 * 8, decoded.rest().length());
        assertTrue(decoded.fault().isPresent());
    }

    @Property(tries = 1000)
    void anyBytesAreDecodedAndEncodeToThemselves(@ForAll byte[] tail, @ForAll byte[] data) {
        Bytes bytes = join(INITRD, tagged(0x1_0000L, Bytes.wrap(data)), Bytes.wrap(tail));
        TaggedEvents decoded = TaggedEvents.decode(bytes);
        assertEquals(bytes, decoded.encode());
        assertTrue(decoded.events().size() >= 2);
        assertEquals(decoded.rest().isEmpty(), decoded.fault().isEmpty());
        decoded.events().forEach(event -> assertEquals(event.encode(), bytes.slice(event.offset(), event.length())));
    }

    @Test
    void theTagsOfCapturedBootsAreNamed() throws Exception {
        Map<String, List<String>> tags = new TreeMap<>();
        for (Path boot : TestLogs.boots()) {
            EventLog log = EventLog.wrap(TestLogs.read(boot.resolve("eventlog.bin")));
            tags.put(boot.getFileName().toString(), describe(log));
        }
        String options = "PCR 9 LOADED_IMAGE::LoadOptions by LINUX_EFI_STUB: LOADED_IMAGE::LoadOptions";
        String initrd = "PCR 9 Linux initrd by LINUX_EFI_STUB: Linux initrd";
        String loaderConf = "PCR 5 loader.conf by SYSTEMD: loader.conf";
        List<String> kernel = List.of(options, initrd);
        assertEquals(List.of(), tags.remove("tpm12-legacy"));
        assertEquals(List.of(loaderConf, options, initrd), tags.remove("sdboot-uki"));
        assertEquals(List.of(loaderConf, options, initrd), tags.remove("systemd-userland"));
        assertEquals(9, tags.size());
        tags.forEach((boot, found) -> assertEquals(kernel, found, boot));
    }

    @Test
    void theCorpusHasOneEventThatIsNoTaggedEvent() {
        List<String> faults = new ArrayList<>();
        for (TestLog log : TestLogs.corpus()) {
            for (Event event : taggedEvents(log)) {
                TaggedEvents decoded = TaggedEvents.decode(event.data());
                assertEquals(event.data(), decoded.encode());
                decoded.fault()
                        .ifPresent(fault -> faults.add(log.name() + " #" + event.number() + " "
                                + decoded.rest().decode(StandardCharsets.US_ASCII)));
            }
        }
        assertEquals(List.of("google-ccel-unpadded.data #17 LOADED_IMAGE::LoadOptions\0"), faults);
    }

    @Test
    void digestsCoverWhatTheTagsSay() throws Exception {
        int checked = 0;
        for (TestLog log : TestLogs.corpus()) {
            for (Event event : taggedEvents(log)) {
                TaggedEvents decoded = TaggedEvents.decode(event.data());
                if (decoded.events().isEmpty()) {
                    continue;
                }
                boolean isOutside = decoded.events()
                                .get(0)
                                .tag()
                                .map(EventTag::measuredPart)
                                .orElse(EventTag.MeasuredPart.EVENT_DATA)
                        == EventTag.MeasuredPart.OUTSIDE;
                for (Digest digest : event.digests()) {
                    MessageDigest hash = digest.algorithm().newMessageDigest().orElseThrow();
                    event.data().update(hash);
                    assertEquals(!isOutside, Bytes.wrap(hash.digest()).equals(digest.value()), log.name() + event);
                    checked++;
                }
            }
        }
        assertEquals(116, checked);
    }

    private static List<Event> taggedEvents(TestLog log) {
        return EventLog.examine(Bytes.wrap(log.bytes()), ParseLimits.DEFAULT).readable().events().stream()
                .filter(event -> event.claimedType().equals(EventType.EV_EVENT_TAG))
                .toList();
    }

    private static List<String> describe(EventLog log) {
        return log.events().stream()
                .filter(event -> event.claimedType().equals(EventType.EV_EVENT_TAG))
                .flatMap(event -> TaggedEvents.decode(event.data()).events().stream()
                        .map(tagged -> "PCR " + event.pcrIndex() + " "
                                + tagged.tag().orElseThrow().label() + " by "
                                + tagged.tag().orElseThrow().producer() + ": "
                                + tagged.text().orElseThrow()))
                .toList();
    }

    private static Bytes tagged(long id, Bytes data) {
        return new TaggedEvent(id, data, 0).encode();
    }

    private static Bytes wide(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_16LE);
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }

    private static Bytes join(Bytes... parts) {
        ByteWriter writer = new ByteWriter();
        List.of(parts).forEach(writer::bytes);
        return writer.toBytes();
    }
}
