package io.github.measuredboot.refstate;

import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.PcrBank;
import java.util.List;
import java.util.Optional;

/**
 * What a state may hold, so that its JSON text is read back. The sizes are no less than those of the indented text, and no
 * less than those of what is read of it: the short form leaves out PCRs and descriptions that the reader adds again.
 */
final class Limits {
    private static final int SIZE_OF_DIGEST = 40;
    private static final int SIZE_OF_OBJECT = 400;
    private static final int MAX_BYTES_OF_CHARACTER = 3;
    private static final int LEAST_DESCRIPTION = 10;

    private long size;

    void check(ReferenceState state) {
        add((1 + PcrBank.PCR_COUNT) * (SIZE_OF_OBJECT + SIZE_OF_DIGEST));
        check("firmware", state.firmware(), ReferenceState.MAX_ALTERNATIVES);
        for (Firmware firmware : state.firmware()) {
            if (state.isFull() && firmware.startupLocality().isEmpty()) {
                throw new IllegalArgumentException("a full state has to have the startup locality of its firmware");
            }
            check(firmware);
        }
        SecureBootKeys keys = state.secureBoot();
        List.of(keys.pk(), keys.kek(), keys.db(), keys.dbx()).forEach(this::checkSignatures);
        state.pcrs().forEach(this::check);
        check("userspace digests", state.userspaceDigests(), ReferenceState.MAX_ITEMS);
        for (UserspaceDigest extended : state.userspaceDigests()) {
            add(SIZE_OF_OBJECT + 2L * extended.digest().value().length());
        }
        check("entries of provenance", state.provenance(), ReferenceState.MAX_PROVENANCE);
        state.provenance().forEach(this::add);
    }

    private void check(Firmware firmware) {
        add(SIZE_OF_OBJECT);
        add(firmware.scrtm());
        check("firmware blobs", firmware.platformFirmware(), ReferenceState.MAX_ITEMS);
        firmware.platformFirmware().forEach(this::add);
        checkEvents(firmware.pcr0());
        checkEvents(firmware.pcr2());
    }

    private void checkSignatures(List<Signature> signatures) {
        check("entries of a key database", signatures, ReferenceState.MAX_ITEMS);
        signatures.forEach(
                signature -> add(SIZE_OF_OBJECT + 2L * signature.data().length()));
    }

    private void check(PinnedPcr pcr) {
        check("alternatives of PCR " + pcr.pcr(), pcr.alternatives(), ReferenceState.MAX_ALTERNATIVES);
        pcr.alternatives().forEach(this::checkEvents);
    }

    private void checkEvents(List<PinnedEvent> events) {
        check("events of a PCR", events, ReferenceState.MAX_ITEMS);
        add(SIZE_OF_DIGEST);
        for (PinnedEvent event : events) {
            String name = event.variable().map(PinnedEvent.VariableName::name).orElse("");
            if (event.digests().isEmpty()) {
                throw new IllegalArgumentException("an event without a digest");
            }
            if (!Printable.of(name).equals(name)) {
                throw new IllegalArgumentException("the name of a variable has control characters");
            }
            add(SIZE_OF_OBJECT);
            add(event.digests());
            add((long) MAX_BYTES_OF_CHARACTER
                    * Math.max(LEAST_DESCRIPTION, event.description().length()));
            add(name);
        }
    }

    private static void check(String what, List<?> items, int most) {
        if (items.size() > most) {
            throw new IllegalArgumentException(items.size() + " " + what + ", more than " + most);
        }
    }

    private void add(Provenance provenance) {
        add(SIZE_OF_OBJECT);
        add(provenance.logDigests());
        List.of(provenance.source(), provenance.tool(), provenance.logName()).stream()
                .flatMap(Optional::stream)
                .forEach(this::add);
    }

    private void add(DigestSet digests) {
        add(SIZE_OF_DIGEST);
        for (Digest digest : digests.digests()) {
            add(SIZE_OF_DIGEST + 2L * digest.value().length());
        }
    }

    private void add(String text) {
        add((long) MAX_BYTES_OF_CHARACTER * text.length());
    }

    private void add(long bytes) {
        size += bytes;
        if (size > ReferenceState.MAX_SIZE) {
            throw new IllegalArgumentException(
                    "more events, digests and keys than fit into " + ReferenceState.MAX_SIZE + " bytes");
        }
    }
}
