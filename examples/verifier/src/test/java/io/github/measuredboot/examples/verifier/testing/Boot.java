package io.github.measuredboot.examples.verifier.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.PcrValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** A captured boot: its log, and the values of the PCRs. */
public record Boot(byte[] log, PcrValues values) {
    private static final int EV_IPL = 0xd;

    /** The repository. */
    public static Path root() {
        return Path.of(System.getProperty("repository.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    public static Path folder(String name) {
        return root().resolve("testdata/boots").resolve(name);
    }

    public static Boot captured(String name) {
        try {
            return new Boot(
                    Files.readAllBytes(folder(name).resolve("eventlog.bin")),
                    PcrValuesJson.parse(
                            Bytes.wrap(Files.readAllBytes(folder(name).resolve("pcrs.json")))));
        } catch (IOException | MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SHA-256 digest of the image that a boot started, as it was measured. */
    public static String imageDigest(String name) throws IOException {
        return new ObjectMapper()
                .readTree(folder(name).resolve("images.json").toFile())
                .get(0)
                .get("authenticode")
                .get("sha256")
                .textValue();
    }

    /** The boot of a log whose TPM has just the events of the log. */
    public static Boot of(byte[] log) {
        try {
            return new Boot(log, Replay.of(EventLog.copyOf(log)).expectedValues());
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same boot, in which systemd-stub was passed a command line or an addon. */
    public Boot withText(int pcr, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_16LE);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(log);
            EventLog parsed = EventLog.copyOf(log);
            out.write(little(12, pcr, EV_IPL, parsed.algorithms().size()));
            for (var algorithm : parsed.algorithms()) {
                out.write(ByteBuffer.allocate(2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) algorithm.id())
                        .array());
                out.write(algorithm.hash(Bytes.wrap(data)).orElseThrow().toByteArray());
            }
            out.write(little(4, data.length));
            out.write(data);
            return of(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same boot, in which something with another digest was measured instead. */
    public Boot withDigest(String oldDigest, String newDigest) {
        byte[] from = HexFormat.of().parseHex(oldDigest);
        byte[] to = HexFormat.of().parseHex(newDigest);
        byte[] changed = log.clone();
        for (int at = 0; at + from.length <= changed.length; at++) {
            if (Arrays.equals(changed, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, changed, at, to.length);
            }
        }
        return of(changed);
    }

    private static byte[] little(int size, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }
}
