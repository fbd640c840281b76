package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;

/** A GUID in all its forms. */
record GuidReport(Guid guid) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept("canonical  " + guid);
        out.accept("swapped    " + guid.byteSwapped());
        out.accept("bytes      " + guid.toBytes().toHex());
        out.accept("name       " + KnownGuids.name(guid).orElse("(not known)"));
        KnownGuids.unswap(guid)
                .ifPresent(known -> out.accept("note: this is the byte-swapped form of " + named(known)));
    }

    static String named(Guid guid) {
        return guid + KnownGuids.name(guid).map(name -> " (" + name + ")").orElse("");
    }

    /** {@code canonical, swapped, bytes}, {@code name} if it is known, and {@code swappedFormOf} ({@code guid, name}). */
    @Override
    public void members(DataWriter out) {
        out.put("canonical", guid.toString())
                .put("swapped", guid.byteSwapped().toString())
                .put("bytes", guid.toBytes())
                .put("name", KnownGuids.name(guid))
                .object(
                        "swappedFormOf",
                        KnownGuids.unswap(guid),
                        known -> out.put("guid", known.toString()).put("name", KnownGuids.name(known)));
    }
}
