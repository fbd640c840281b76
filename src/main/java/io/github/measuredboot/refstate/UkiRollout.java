package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.image.SectionMeasurement;
import io.github.measuredboot.uefi.image.UkiPrediction;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the reference state of a UKI that no machine has booted yet, from the state of the previous UKI. While a fleet moves
 * from one to the other, {@link ReferenceStateMerge} makes a state that accepts both.
 *
 * <pre>{@code
 * ReferenceState next = UkiRollout.withUki(state, UnifiedKernelImage.of(PeImage.read(file)));
 * ReferenceState both = ReferenceStateMerge.of(List.of(state, next)).state();
 * }</pre>
 */
public final class UkiRollout {
    private UkiRollout() {}

    /**
     * Returns the state with another UKI.
     *
     * @param state the state of the old UKI
     * @param uki the new UKI, as it will be signed
     * @return a state in the same banks, in which the digests of the UKI, of the kernel inside it and of its sections are those
     *     of the new one
     * @throws IllegalStateException if the state has no UKI or several, or if it pins sections and the stub of the image
     *     measures none
     */
    public static ReferenceState withUki(ReferenceState state, UnifiedKernelImage uki) {
        if (state.ukis().size() != 1) {
            throw new IllegalStateException("the state has " + state.ukis().size() + " UKIs instead of one");
        }
        if (state.hasEvents(ReferenceState.SECTION_PCR)
                && uki.measuredSections().isEmpty()) {
            throw new IllegalStateException(
                    "the state pins sections in PCR 11, and the stub of the image measures none");
        }
        List<Digest> images = new ArrayList<>();
        List<Digest> kernels = new ArrayList<>();
        List<List<SectionMeasurement>> sections = new ArrayList<>();
        for (HashAlgorithm bank : state.ukis().get(0).algorithms()) {
            UkiPrediction prediction = uki.predict(bank);
            images.add(prediction.image());
            prediction.kernel().ifPresent(kernels::add);
            sections.add(prediction.sections());
        }
        return withUki(state, new DigestSet(images), new DigestSet(kernels), events(state, sections));
    }

    private static ReferenceState withUki(
            ReferenceState state, DigestSet uki, DigestSet kernel, List<PinnedEvent> sections) {
        PinnedPcr old = state.pcr(state.imagePcr()).orElseThrow();
        List<List<PinnedEvent>> alternatives = old.alternatives().stream()
                .map(events -> events.stream()
                        .map(event -> withUki(event, uki, kernel))
                        .toList())
                .toList();
        ReferenceState.Builder builder = state.toBuilder().pcr(new PinnedPcr(old.pcr(), old.mode(), alternatives));
        state.pcr(ReferenceState.SECTION_PCR)
                .map(pcr -> new PinnedPcr(pcr.pcr(), pcr.mode(), sections.isEmpty() ? List.of() : List.of(sections)))
                .ifPresent(builder::pcr);
        return builder.build();
    }

    private static PinnedEvent withUki(PinnedEvent event, DigestSet uki, DigestSet kernel) {
        return event.is(Role.UKI)
                ? event.withDigests(uki)
                : event.is(Role.KERNEL) && !kernel.isEmpty() ? event.withDigests(kernel) : event;
    }

    private static List<PinnedEvent> events(ReferenceState state, List<List<SectionMeasurement>> byBank) {
        boolean known = state.pcr(ReferenceState.SECTION_PCR)
                .filter(pcr -> !pcr.alternatives().isEmpty())
                .isPresent();
        List<PinnedEvent> events = new ArrayList<>();
        for (int i = 0; known && i < byBank.get(0).size(); i++) {
            int index = i;
            String name = byBank.get(0).get(i).section();
            if (state.isFull()) {
                events.add(event(
                        byBank.stream().map(bank -> bank.get(index).name()).toList(), name));
            }
            events.add(
                    event(byBank.stream().map(bank -> bank.get(index).content()).toList(), "content of " + name));
        }
        return events;
    }

    private static PinnedEvent event(List<Digest> digests, String description) {
        return PinnedEvent.of(new DigestSet(digests), EventType.EV_IPL, description);
    }
}
