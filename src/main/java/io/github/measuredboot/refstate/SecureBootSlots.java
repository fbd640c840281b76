package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of PCR 7, and the contents of those variables that are judged by their content. */
final class SecureBootSlots {
    private final ReplayedLog evidence;
    private final List<HashAlgorithm> banks;
    private final Map<KnownVariable, VariableContent> contents = new EnumMap<>(KnownVariable.class);
    private final List<VerifiedEvent> events = new ArrayList<>();
    private final List<PinnedEvent> slots = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    SecureBootSlots(ReplayedLog evidence, List<HashAlgorithm> banks) {
        this.evidence = evidence;
        this.banks = banks;
    }

    void add(VerifiedEvent event, PinnedEvent pinned) {
        Optional<VariableEventData> variable = variable(event);
        Optional<KnownVariable> judged = variable.filter(data -> isUsable(data.content()))
                .flatMap(VariableEventData::known)
                .filter(known -> SecureBootKeys.JUDGED.contains(known) && !contents.containsKey(known));
        judged.ifPresent(known -> contents.put(known, variable.get().content()));
        events.add(event);
        slots.add(
                judged.map(known -> pinned.withVariable(VariableName.of(known))).orElse(pinned));
    }

    private static boolean isUsable(VariableContent content) {
        return content instanceof VariableContent.Flag || content instanceof VariableContent.Signatures;
    }

    /** The variable that every bank covers. A claim to be a variable that is not covered is a forgery or a defect. */
    private Optional<VariableEventData> variable(VerifiedEvent event) {
        if (event.isAfterSeparator()) {
            return Optional.empty();
        }
        Optional<VariableEventData> variable = event.coveredVariable();
        boolean everywhere = variable.isPresent()
                && banks.stream()
                        .map(bank -> evidence.verified(bank)
                                .event(ReferenceState.SECURE_BOOT_PCR, event.number())
                                .flatMap(VerifiedEvent::coveredVariable))
                        .allMatch(variable::equals);
        if (!everywhere
                && event.claims().claimedData() instanceof VariableEventData claimed
                && claimed.known().filter(SecureBootKeys.JUDGED::contains).isPresent()
                && !claimed.isAuthority()) {
            problems.add("event " + event.number() + " claims to hold the variable "
                    + claimed.variable().unicodeName()
                    + ", and its digest is of something else: nothing proves the content");
        }
        return everywhere ? variable : Optional.empty();
    }

    List<String> problems() {
        return problems;
    }

    /** Where firmware measures no usable variables, the events are pinned as a sequence. */
    PinnedPcr pcr() {
        if (!contents.keySet().containsAll(SecureBootKeys.JUDGED)) {
            List<PinnedEvent> sequence = slots.stream()
                    .map(slot -> PinnedEvent.of(slot.digests(), slot.claimedType(), slot.description()))
                    .toList();
            return new PinnedPcr(ReferenceState.SECURE_BOOT_PCR, PcrMode.SEQUENCE, List.of(sequence));
        }
        List<Signature> db = keys(KnownVariable.DB);
        List<PinnedEvent> named = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            boolean mayBeReplaced = events.get(i).isAfterSeparator() && SecureBootKeys.isAuthorityOf(db, events.get(i));
            named.add(mayBeReplaced ? slots.get(i).withRole(Role.DB_AUTHORITY) : slots.get(i));
        }
        return new PinnedPcr(ReferenceState.SECURE_BOOT_PCR, PcrMode.CONTENT, List.of(named));
    }

    SecureBootKeys keys() {
        return new SecureBootKeys(
                keys(KnownVariable.PK), keys(KnownVariable.KEK), keys(KnownVariable.DB), keys(KnownVariable.DBX));
    }

    private List<Signature> keys(KnownVariable variable) {
        return contents.get(variable) instanceof VariableContent.Signatures signatures
                ? Signature.allOf(signatures.database())
                : List.of();
    }
}
