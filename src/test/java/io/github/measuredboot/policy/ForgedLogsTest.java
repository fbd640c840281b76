package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_AUTHORITY;
import static io.github.measuredboot.eventlog.EventType.EV_NO_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static io.github.measuredboot.eventlog.EventType.EV_S_CRTM_VERSION;
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
import java.util.Map;
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

    /** What the policy accepts with any digest, whatever it was measured for. */
    private static final Map<Long, Set<String>> ANY_DIGEST = Map.of(
            1L,
            Set.of(
                    "EV_PLATFORM_CONFIG_FLAGS",
                    "EV_TABLE_OF_DEVICES",
                    "EV_CPU_MICROCODE",
                    "EV_EFI_VARIABLE_BOOT",
                    "EV_EFI_VARIABLE_BOOT2",
                    "EV_EFI_VARIABLE_DRIVER_CONFIG",
                    "EV_EFI_HANDOFF_TABLES",
                    "EV_EFI_HANDOFF_TABLES2",
                    "EV_POST_CODE",
                    "EV_EFI_ACTION",
                    "EV_ACTION",
                    "EV_EVENT_TAG"),
            2L,
            Set.of(
                    "EV_EFI_BOOT_SERVICES_DRIVER",
                    "EV_EFI_RUNTIME_SERVICES_DRIVER",
                    "EV_POST_CODE",
                    "EV_POST_CODE2",
                    "EV_EFI_ACTION"),
            5L,
            Set.of("EV_EFI_GPT_EVENT", "EV_EFI_GPT_EVENT2", "EV_EVENT_TAG"),
            9L,
            Set.of("EV_EVENT_TAG"),
            11L,
            Set.of("EV_IPL"));

    private static final Set<Long> VENDOR_EVENTS = Set.of(1L, 2L, 3L, 5L, 6L);

    /** Types whose data no rule looks at: the digest is pinned, or any is accepted. */
    private static final Set<String> DIGEST_PINNED =
            Set.of("EV_S_CRTM_VERSION", "EV_EFI_PLATFORM_FIRMWARE_BLOB", "EV_EFI_BOOT_SERVICES_APPLICATION");

    private final List<String> wrong = new ArrayList<>();
    private int accepted;
    private int rejected;

    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "systemd-userland"})
    void forgeryAgainstTheValuesOfTheUntouchedBoot(String name) throws Exception {
        ForgedBoot boot = ForgedBoot.of(name);
        UkiPolicy policy = policy(name);
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
            boolean dataFree = free
                    || isAnyDigest(event.pcr(), event.type())
                    || DIGEST_PINNED.contains(event.type().name());
            Bytes otherData = flipped(event.data());
            check("data exchanged " + i, dataFree, boot.replace(i, event.withData(otherData)), policy, values);
            check("data removed " + i, dataFree, boot.replace(i, event.withData(Bytes.EMPTY)), policy, values);
            for (long pcr : List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L, 14L, 15L, 23L, 24L, 0xffff_ffffL)) {
                if (pcr != event.pcr()) {
                    boolean harmless = free && !judgedPcrs.contains(pcr);
                    check("to PCR " + pcr + " " + i, harmless, boot.replace(i, event.withPcr(pcr)), policy, values);
                }
            }
            for (EventType type : types(boot)) {
                if (!type.equals(event.type())) {
                    boolean harmless = free || isHarmlessRelabelling(boot, i, type);
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
        UkiPolicy policy = policy(name);
        Set<Long> judgedPcrs = judgedPcrs(boot);
        boolean kernelPinned = !ForgedBoot.state(name).uki().kernel().isEmpty();
        for (long pcr = 0; pcr < 16; pcr++) {
            for (EventType type : types(boot)) {
                boolean harmless = !judgedPcrs.contains(pcr)
                        || type.equals(EV_NO_ACTION)
                        || isAnyDigest(pcr, type)
                        || (VENDOR_EVENTS.contains(pcr) && type.equals(VENDOR))
                        || (pcr == 4 && type.equals(EV_EFI_BOOT_SERVICES_APPLICATION) && !kernelPinned);
                ForgedBoot forged = boot.append(boot.measured(pcr, type, EVIL, EVIL));
                check("loader as " + type + " in PCR " + pcr, harmless, forged, policy, forged.ownValues());
            }
        }
        for (Forged copied : boot.events()) {
            for (EventType type : types(boot)) {
                boolean sameMeaning = type.equals(copied.type())
                        && (type.equals(EV_SEPARATOR)
                                || type.equals(EV_S_CRTM_VERSION)
                                || type.equals(EV_EFI_VARIABLE_AUTHORITY)
                                || type.equals(EV_EFI_ACTION));
                boolean harmless = !judgedPcrs.contains(copied.pcr())
                        || type.equals(EV_NO_ACTION)
                        || isAnyDigest(copied.pcr(), type)
                        || (VENDOR_EVENTS.contains(copied.pcr()) && type.equals(VENDOR))
                        || sameMeaning
                        || (copied.pcr() == 4 && type.equals(EV_EFI_BOOT_SERVICES_APPLICATION) && !kernelPinned);
                ForgedBoot forged = boot.append(copied.withType(type));
                check("copy of " + copied.type() + " as " + type, harmless, forged, policy, forged.ownValues());
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Whoever sends two logs decides which of them a measurement stands in. */
    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "systemd-userland"})
    void recordsOfTheUserspaceLogHideNothing(String name) throws Exception {
        ForgedBoot boot = ForgedBoot.of(name);
        UkiPolicy policy = policy(name);
        for (long pcr = 0; pcr < 16; pcr++) {
            ForgedBoot forged = boot.withUserspaceRecord(boot.measured(pcr, EV_NO_ACTION, EVIL, EVIL));
            boolean harmless = !Set.of(0L, 1L, 2L, 3L, 4L, 5L, 7L).contains(pcr);
            check("record in PCR " + pcr, harmless, forged, policy, forged.ownValues());
        }
        PcrValues values = boot.ownValues();
        for (int i = 0; i < boot.events().size(); i++) {
            Forged event = boot.events().get(i);
            boolean harmless = !Set.of(0L, 1L, 2L, 3L, 4L, 5L, 7L).contains(event.pcr())
                    && (!Set.of(9L, 11L).contains(event.pcr())
                            || (isLastOfPcr(boot, i) && !isExtendedByUserspace(boot, event.pcr())));
            check("moved to userspace " + i, harmless, boot.remove(i).withUserspaceRecord(event), policy, values);
        }
        assertEquals(List.of(), wrong);
    }

    private void check(String what, boolean harmless, ForgedBoot forged, UkiPolicy policy, PcrValues values) {
        Verdict verdict = forged.judge(policy, values);
        if (verdict.isAcceptedIfValuesAreTrue()) {
            accepted++;
        } else {
            rejected++;
        }
        if (verdict.isAcceptedIfValuesAreTrue() != harmless) {
            wrong.add(what
                    + (harmless ? " rejected " + verdict.rejections().get(0).message() : " accepted"));
        }
    }

    private static UkiPolicy policy(String name) throws Exception {
        ReferenceState state = ForgedBoot.state(name);
        boolean secureBoot = name.equals("uki-secureboot");
        return UkiPolicy.of(state, PolicyOptions.defaultsFor(state).withSecureBootRequired(secureBoot));
    }

    private static Set<Long> judgedPcrs(ForgedBoot boot) {
        Set<Long> pcrs = new HashSet<>(Set.of(0L, 1L, 2L, 3L, 4L, 5L, 7L));
        if (boot.userspaceLog().isPresent()) {
            pcrs.addAll(Set.of(9L, 11L));
        }
        return pcrs;
    }

    private static boolean isAnyDigest(long pcr, EventType type) {
        return ANY_DIGEST.getOrDefault(pcr, Set.of()).contains(type.name());
    }

    private static boolean isHarmlessRelabelling(ForgedBoot boot, int index, EventType type) {
        Forged event = boot.events().get(index);
        if (event.type().equals(EV_SEPARATOR)) {
            return false;
        }
        boolean behindSeparator = boot.events().subList(0, index).stream()
                .anyMatch(other -> other.pcr() == event.pcr() && other.type().equals(EV_SEPARATOR));
        return isAnyDigest(event.pcr(), type)
                || (VENDOR_EVENTS.contains(event.pcr()) && type.equals(VENDOR) && behindSeparator);
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
