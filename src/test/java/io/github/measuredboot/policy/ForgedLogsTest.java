package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_DRIVER_CONFIG;
import static io.github.measuredboot.eventlog.EventType.EV_NO_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every event of a captured boot, forged in every way. Each forgery must be rejected unless it is harmless by the table of this
 * test, and must not be rejected if it is.
 */
class ForgedLogsTest {
    private static final EventType VENDOR = new EventType(0x80009999L);
    private static final Bytes EVIL = Bytes.encode("an evil loader", StandardCharsets.US_ASCII);

    /** PCRs of which a boot may measure anything. */
    private static final Set<Long> FREE_PCRS = Set.of(1L, 2L, 3L, 6L);

    private final List<String> wrong = new ArrayList<>();
    private int accepted;
    private int rejected;

    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "systemd-userland"})
    void forgeryAgainstTheValuesOfTheUntouchedBoot(String name) throws Exception {
        ForgedBoot boot = ForgedBoot.of(name);
        BootPolicy policy = policy(name);
        PcrValues values = ForgedBoot.values(name);
        assertEquals(List.of(), boot.judge(policy, values).rejections());
        HashAlgorithm judged = boot.judge(policy, values).bank();
        Set<Long> judgedPcrs = judgedPcrs(boot);

        for (int i = 0; i < boot.events().size(); i++) {
            Forged event = boot.events().get(i);
            boolean free = !judgedPcrs.contains(event.pcr());
            check("dropped " + i, free, boot.remove(i), policy, values);
            check("doubled " + i, free, boot.insert(i, event), policy, values);
            int last = boot.events().size() - 1;
            check("moved to the end " + i, free || isLastOfPcr(boot, i), move(boot, i, last), policy, values);
            if (i < last) {
                boolean harmless = free || boot.events().get(i + 1).pcr() != event.pcr();
                check("moved by one " + i, harmless, move(boot, i, i + 1), policy, values);
            }
            check("digest exchanged " + i, free, exchange(boot, i, judged, true), policy, values);
            check("all digests exchanged " + i, free, exchange(boot, i, judged, false), policy, values);
            boolean dataFree = free || !isJudgedByContent(boot, i);
            Bytes otherData = flipped(event.data());
            check("data exchanged " + i, dataFree, boot.replace(i, event.withData(otherData)), policy, values);
            check("data removed " + i, dataFree, boot.replace(i, event.withData(Bytes.EMPTY)), policy, values);
            for (long pcr :
                    List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L, 12L, 14L, 15L, 23L, 24L, 0xffff_ffffL)) {
                if (pcr != event.pcr()) {
                    boolean harmless = free && !judgedPcrs.contains(pcr);
                    check("to PCR " + pcr + " " + i, harmless, boot.replace(i, event.withPcr(pcr)), policy, values);
                }
            }
            for (EventType type : types(boot)) {
                if (!type.equals(event.type())) {
                    boolean harmless = free || !type.equals(EV_NO_ACTION);
                    check(
                            "relabelled " + type + " " + i,
                            harmless,
                            boot.replace(i, event.withType(type)),
                            policy,
                            values);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(rejected > 500 && accepted > 50, rejected + " rejected, " + accepted + " accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "systemd-userland"})
    void eventsAppendedAfterBoot(String name) throws Exception {
        ForgedBoot boot = ForgedBoot.of(name);
        BootPolicy policy = policy(name);
        Set<Long> judgedPcrs = judgedPcrs(boot);
        for (long pcr = 0; pcr < 16; pcr++) {
            for (EventType type : types(boot)) {
                boolean harmless = !judgedPcrs.contains(pcr) || type.equals(EV_NO_ACTION) || isFree(boot, pcr);
                ForgedBoot forged = boot.append(boot.measured(pcr, type, EVIL, EVIL));
                check("loader as " + type + " in PCR " + pcr, harmless, forged, policy, forged.ownValues());
            }
        }
        for (Forged copied : boot.events()) {
            for (EventType type : types(boot)) {
                boolean harmless = !judgedPcrs.contains(copied.pcr())
                        || type.equals(EV_NO_ACTION)
                        || isFree(boot, copied.pcr())
                        || copied.pcr() == 5;
                ForgedBoot forged = boot.append(copied.withType(type));
                check("copy of " + copied.type() + " as " + type, harmless, forged, policy, forged.ownValues());
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static boolean isFree(ForgedBoot boot, long pcr) {
        return FREE_PCRS.contains(pcr) || (boot.userspaceLog().isPresent() && (pcr == 9 || pcr == 11));
    }

    /** The Secure Boot variables: everything else is known by its digest, or may be anything. */
    private static boolean isJudgedByContent(ForgedBoot boot, int index) {
        return boot.events().get(index).pcr() == 7
                && index < boot.indexOf(7, EV_SEPARATOR)
                && boot.events().get(index).type().equals(EV_EFI_VARIABLE_DRIVER_CONFIG);
    }

    /** Whoever sends two logs decides which of them a measurement stands in. */
    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "systemd-userland"})
    void recordsOfTheUserspaceLogHideNothing(String name) throws Exception {
        ForgedBoot boot = ForgedBoot.of(name);
        BootPolicy policy = policy(name);
        for (long pcr = 0; pcr < 16; pcr++) {
            ForgedBoot forged = boot.withUserspaceRecord(boot.measured(pcr, EV_NO_ACTION, EVIL, EVIL));
            boolean harmless = !judgedPcrs(boot).contains(pcr) || isFree(boot, pcr);
            check("record in PCR " + pcr, harmless, forged, policy, forged.ownValues());
        }
        PcrValues values = boot.ownValues();
        for (int i = 0; i < boot.events().size(); i++) {
            Forged event = boot.events().get(i);
            boolean isFree = FREE_PCRS.contains(event.pcr()) || Set.of(9L, 11L).contains(event.pcr());
            boolean harmless = isFree
                    ? isLastOfPcr(boot, i) && !isExtendedByUserspace(boot, event.pcr())
                    : !judgedPcrs(boot).contains(event.pcr());
            check("moved to userspace " + i, harmless, boot.remove(i).withUserspaceRecord(event), policy, values);
        }
        assertEquals(List.of(), wrong);
    }

    private void check(String what, boolean harmless, ForgedBoot forged, BootPolicy policy, PcrValues values) {
        Verdict verdict = forged.judge(policy, values);
        if (verdict.isAcceptedIfEvidenceIsTrue()) {
            accepted++;
        } else {
            rejected++;
        }
        if (verdict.isAcceptedIfEvidenceIsTrue() != harmless) {
            wrong.add(what
                    + (harmless ? " rejected " + verdict.rejections().get(0).message() : " accepted"));
        }
    }

    private static BootPolicy policy(String name) throws Exception {
        return ForgedBoot.of(name).policy(ForgedBoot.state(name));
    }

    private static Set<Long> judgedPcrs(ForgedBoot boot) {
        Set<Long> pcrs = new HashSet<>(Set.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 12L, 13L, 14L));
        if (boot.userspaceLog().isPresent()) {
            pcrs.addAll(Set.of(9L, 11L));
        }
        return pcrs;
    }

    private static Set<EventType> types(ForgedBoot boot) {
        Set<EventType> types = new HashSet<>(Set.of(VENDOR, EV_NO_ACTION));
        boot.events().forEach(event -> types.add(event.type()));
        return types;
    }

    private static boolean isLastOfPcr(ForgedBoot boot, int index) {
        long pcr = boot.events().get(index).pcr();
        return boot.events().subList(index + 1, boot.events().size()).stream().noneMatch(event -> event.pcr() == pcr);
    }

    private static boolean isExtendedByUserspace(ForgedBoot boot, long pcr) {
        return boot.userspaceLog().stream()
                .flatMap(log -> log.records().stream())
                .anyMatch(record ->
                        record.register() instanceof CelRecord.Register.Pcr register && register.index() == pcr);
    }

    private static ForgedBoot move(ForgedBoot boot, int from, int to) {
        return boot.change(list -> {
            list.add(to, list.remove(from));
            return list;
        });
    }

    private static ForgedBoot exchange(ForgedBoot boot, int index, HashAlgorithm judged, boolean onlyJudged) {
        return boot.replace(
                index,
                boot.events()
                        .get(index)
                        .withDigests(digest -> onlyJudged && !digest.algorithm().equals(judged)
                                ? digest
                                : new Digest(digest.algorithm(), flipped(digest.value()))));
    }

    private static Bytes flipped(Bytes bytes) {
        if (bytes.isEmpty()) {
            return EVIL;
        }
        byte[] changed = bytes.toByteArray();
        changed[changed.length - 1] ^= 0x40;
        return Bytes.wrap(changed);
    }
}
