package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** Captured boots, states of them, and logs with changes. */
final class Boots {
    private static final Path BOOTS = Path.of("testdata/boots");

    private Boots() {}

    static EventLog log(String boot) throws Exception {
        return EventLog.read(BOOTS.resolve(boot).resolve("eventlog.bin"));
    }

    static ReplayedLog evidence(String boot) throws Exception {
        return Replay.of(log(boot))
                .compareWith(PcrValuesJson.parse(
                        Bytes.wrap(TestLogs.read(BOOTS.resolve(boot).resolve("pcrs.json")))));
    }

    /** A TPM that holds what the log says. */
    static ReplayedLog honest(EventLog log) {
        return ReferenceStateMaker.claimed(Replay.of(log));
    }

    static ReferenceState state(String boot) throws Exception {
        return Enrolment.enrol(evidence(boot), ReferenceStateMaker.create());
    }

    static PolicyOptions options(ReferenceState state) {
        return PolicyOptions.builderFor(state).allowSecureBootOff().build();
    }

    static Diagnosis diagnose(ReplayedLog evidence, ReferenceState state) {
        return Diagnosis.of(evidence, state, options(state));
    }

    static EventLog edited(EventLog log, int number, BiConsumer<EventLogBuilder, Event> edit) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(log.specId().orElseThrow());
        for (Event event : log.events().subList(1, log.events().size())) {
            if (event.number() == number) {
                edit.accept(builder, event);
            } else {
                builder.event(event);
            }
        }
        return EventLog.wrap(builder.build());
    }

    static List<Digest> otherDigests(Event event) {
        return event.digests().stream()
                .map(digest -> {
                    byte[] value = digest.value().toByteArray();
                    value[0] ^= 1;
                    return new Digest(digest.algorithm(), Bytes.wrap(value));
                })
                .toList();
    }
}
