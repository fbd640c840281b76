package io.github.measuredboot.json;

import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which owners of a reference state were written byte-swapped, as tpm2-tools before 5.2 print GUIDs. */
final class OwnerForm {
    private final Map<Guid, Guid> canonicalForms;

    private OwnerForm(Map<Guid, Guid> canonicalForms) {
        this.canonicalForms = canonicalForms;
    }

    static OwnerForm of(List<List<Signature>> databases) {
        List<Guid> owners = databases.stream()
                .flatMap(List::stream)
                .map(Signature::owner)
                .filter(owner -> !owner.equals(owner.byteSwapped()))
                .distinct()
                .toList();
        boolean anySwapped =
                owners.stream().anyMatch(owner -> KnownGuids.unswap(owner).isPresent());
        boolean anyCanonical =
                owners.stream().anyMatch(owner -> KnownGuids.name(owner).isPresent());
        Map<Guid, Guid> canonicalForms = new LinkedHashMap<>();
        for (Guid owner : owners) {
            if (anySwapped && !anyCanonical) {
                canonicalForms.put(owner, owner.byteSwapped());
            } else {
                KnownGuids.unswap(owner).ifPresent(known -> canonicalForms.put(owner, known));
            }
        }
        return new OwnerForm(canonicalForms);
    }

    List<Signature> restore(List<Signature> signatures) {
        return signatures.stream()
                .map(signature -> new Signature(
                        signature.type(),
                        canonicalForms.getOrDefault(signature.owner(), signature.owner()),
                        signature.data()))
                .toList();
    }

    List<Guid> unswapped() {
        return List.copyOf(canonicalForms.values());
    }
}
