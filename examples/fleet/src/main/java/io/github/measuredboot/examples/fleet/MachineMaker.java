package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes machines of a family: equal in what is booted, different in what differs between real machines: the boot order, counters and
 * other variables of PCR 1, the tables that PCR 1 measures, and the GUID of the disk in PCR 5.
 */
final class MachineMaker {
    /** What was done to a machine. */
    enum Tampering {
        NONE,
        /** Another image was booted, and the log says so. */
        OTHER_IMAGE,
        /** Secure Boot was turned off, and the log says so. */
        SECURE_BOOT_OFF,
        /** The log does not have an event that was measured. */
        EVENT_REMOVED,
        /** The data of an event are not what was measured; its digests are. */
        DATA_FORGED,
        /** The log ends too early. */
        TRUNCATED,
        /** Some bytes of the log are others. */
        GARBLED
    }

    /**
     * What a machine sends.
     *
     * @param log its log
     * @param pcrs the PCR values of its TPM, as JSON
     */
    record Machine(byte[] log, String pcrs) {}

    private static final int GPT_DISK_GUID = 56;
    private static final int GUID_SIZE = 16;
    private static final int COUNTER_SIZE = 4;
    private static final int GARBLED_BYTES = 8;

    private final EventLog log;
    private final List<Event> settings = new ArrayList<>();
    private final List<Event> images = new ArrayList<>();
    private Optional<Event> secureBoot = Optional.empty();

    MachineMaker(Family family) {
        try {
            log = EventLog.wrap(family.log());
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException(family.name(), e);
        }
        LogEditor editor = new LogEditor(log);
        for (Event event : log.events()) {
            if (event.isMeasured() && (event.pcrIndex() == 1 || event.pcrIndex() == 5)) {
                if (isTable(event) || editor.isCovered(event)) {
                    settings.add(event);
                }
            }
            if (event.isMeasured() && event.claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION)) {
                images.add(event);
            }
            if (secureBoot.isEmpty() && isSecureBoot(event) && editor.isCovered(event)) {
                secureBoot = Optional.of(event);
            }
        }
    }

    private static boolean isTable(Event event) {
        return event.claimedType().equals(EventType.EV_EFI_HANDOFF_TABLES)
                || event.claimedType().equals(EventType.EV_EFI_HANDOFF_TABLES2);
    }

    private static boolean isSecureBoot(Event event) {
        return event.isMeasured()
                && LogEditor.variable(event)
                        .filter(variable -> KnownVariable.of(variable.variableName(), variable.unicodeName())
                                .equals(Optional.of(KnownVariable.SECURE_BOOT)))
                        .filter(variable ->
                                variable.data().length() == 1 && variable.data().u8(0) == 1)
                        .isPresent();
    }

    Machine make(RandomGenerator random, Tampering tampering) {
        LogEditor editor = new LogEditor(log);
        settings.forEach(event -> vary(editor, event, random));
        if (tampering == Tampering.OTHER_IMAGE && !images.isEmpty()) {
            editor.measureOther(images.get(images.size() - 1), random);
        }
        if (tampering == Tampering.SECURE_BOOT_OFF) {
            secureBoot.ifPresent(event -> editor.change(event, event.data().length() - 1, new byte[] {0}));
        }
        String pcrs = pcrs(editor.bytes());
        return new Machine(sent(editor, random, tampering), pcrs);
    }

    private static byte[] sent(LogEditor editor, RandomGenerator random, Tampering tampering) {
        List<Event> measured =
                editor.original().events().stream().filter(Event::isMeasured).toList();
        if (tampering == Tampering.TRUNCATED) {
            return Arrays.copyOf(editor.bytes(), random.nextInt(editor.bytes().length));
        }
        if (tampering == Tampering.EVENT_REMOVED && !measured.isEmpty()) {
            return editor.without(measured.get(random.nextInt(measured.size())));
        }
        if (tampering == Tampering.DATA_FORGED) {
            List<Event> covered = measured.stream()
                    .filter(event -> !event.data().isEmpty() && editor.isCovered(event))
                    .toList();
            if (!covered.isEmpty()) {
                Event event = covered.get(random.nextInt(covered.size()));
                int last = event.data().length() - 1;
                editor.overwrite(event, last, new byte[] {(byte) ~event.data().u8(last)});
            }
        }
        if (tampering == Tampering.GARBLED) {
            for (int i = 0; i < GARBLED_BYTES; i++) {
                editor.bytes()[random.nextInt(editor.bytes().length)] ^= (byte) (1 + random.nextInt(255));
            }
        }
        return editor.bytes();
    }

    private static void vary(LogEditor editor, Event event, RandomGenerator random) {
        int size = event.data().length();
        if (isTable(event)) {
            editor.measureOther(event, random);
        } else if (event.claimedType().equals(EventType.EV_EFI_GPT_EVENT) && size >= GPT_DISK_GUID + GUID_SIZE) {
            editor.change(event, GPT_DISK_GUID, bytes(random, GUID_SIZE));
        } else if (event.pcrIndex() == 1) {
            LogEditor.variable(event).ifPresent(variable -> vary(editor, event, variable, random));
        }
    }

    private static void vary(LogEditor editor, Event event, VariableData variable, RandomGenerator random) {
        int size = variable.data().length();
        Optional<KnownVariable> known = KnownVariable.of(variable.variableName(), variable.unicodeName());
        if (known.equals(Optional.of(KnownVariable.BOOT_ORDER)) && size > Short.BYTES) {
            int at = event.data().length() - variable.trailing().length() - size;
            int first = Short.BYTES * random.nextInt(size / Short.BYTES);
            byte[] rotated = variable.data().from(first).toByteArray();
            rotated = Arrays.copyOf(rotated, size);
            variable.data().slice(0, first).copyTo(rotated, size - first);
            editor.change(event, at, rotated);
        } else if (known.isEmpty() && size >= COUNTER_SIZE) {
            int at = event.data().length() - variable.trailing().length() - COUNTER_SIZE;
            editor.change(event, at, bytes(random, COUNTER_SIZE));
        }
    }

    private static byte[] bytes(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String pcrs(byte[] log) {
        try {
            return PcrValuesJson.write(Replay.of(EventLog.wrap(log)).expectedValues());
        } catch (MalformedDataException e) {
            throw new IllegalStateException("an edited log has the framing of the original", e);
        }
    }
}
