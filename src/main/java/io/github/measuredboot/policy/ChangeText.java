package io.github.measuredboot.policy;

import io.github.measuredboot.policy.ReferenceStateDiff.Category;
import io.github.measuredboot.policy.ReferenceStateDiff.Kind;
import io.github.measuredboot.policy.ReferenceStateDiff.Part;

/** What a change means, and the sentence that says what to do about it. */
final class ChangeText {
    private ChangeText() {}

    static Category category(Part part, Kind kind) {
        return switch (part) {
            case FIRMWARE, SCRTM, PLATFORM_FIRMWARE -> Category.FIRMWARE_UPDATE;
            case PK, KEK, DB -> Category.KEY_ROTATION;
            case DBX -> kind == Kind.REMOVED ? Category.DBX_ROLLBACK : Category.DBX_UPDATE;
            case IMAGES_BEFORE_UKI -> Category.BOOT_CHAIN_CHANGED;
            case UKI_DIGEST, KERNEL, UKI_SECTIONS -> Category.UKI_CHANGED;
            case USERSPACE_DIGESTS -> Category.USERSPACE_CHANGED;
        };
    }

    static String sentence(Part part, Kind kind, int count) {
        if (part == Part.DBX && kind == Kind.REMOVED) {
            return "dbx lost " + count(count, "entry", "entries")
                    + ": what was revoked may boot again. Unless a vendor's dbx update dropped them, find out who did.";
        }
        return count(count, one(part), many(part)) + " " + verb(kind, count) + ": " + advice(part);
    }

    static String coverageSentence(Part part, Kind kind) {
        return switch (kind) {
            case ADDED -> "Only the new state pins " + name(part) + ": the old one cannot tell whether it changed.";
            case REMOVED ->
                "Only the old state pins " + name(part) + ": with the new one, a change of it goes unnoticed.";
            case OTHER_ALGORITHMS ->
                "The states have " + name(part) + " in different sets of algorithms: equal in those that both have.";
            default ->
                "The states have " + name(part)
                        + " in different algorithms only: make both from logs with a common bank.";
        };
    }

    private static String count(int count, String one, String many) {
        return count == 1 ? "1 " + one : count + " " + many;
    }

    private static String verb(Kind kind, int count) {
        String was = count == 1 ? "was" : "were";
        return switch (kind) {
            case ADDED -> was + " added";
            case REMOVED -> was + " removed";
            case MOVED -> was + " moved";
            default -> "changed";
        };
    }

    private static String one(Part part) {
        return switch (part) {
            case FIRMWARE -> "firmware alternative";
            case SCRTM -> "SCRTM version";
            case PLATFORM_FIRMWARE -> "firmware blob";
            case PK -> "platform key (PK)";
            case KEK -> "key exchange key (KEK)";
            case DB -> "db entry";
            case DBX -> "dbx entry";
            case IMAGES_BEFORE_UKI -> "image before the UKI";
            case UKI_DIGEST -> "UKI";
            case KERNEL -> "kernel inside the UKI";
            case UKI_SECTIONS -> "section of the UKI";
            case USERSPACE_DIGESTS -> "userspace measurement";
        };
    }

    private static String many(Part part) {
        return switch (part) {
            case DB -> "db entries";
            case DBX -> "dbx entries";
            case PK -> "platform keys (PK)";
            case KEK -> "key exchange keys (KEK)";
            case IMAGES_BEFORE_UKI -> "images before the UKI";
            case UKI_SECTIONS -> "sections of the UKI";
            default -> one(part) + "s";
        };
    }

    private static String name(Part part) {
        return switch (part) {
            case FIRMWARE -> "the firmware";
            case SCRTM -> "the SCRTM version";
            case PLATFORM_FIRMWARE -> "the firmware blobs";
            case PK, KEK, DB, DBX -> part.name();
            case IMAGES_BEFORE_UKI -> "the images before the UKI";
            case UKI_DIGEST -> "the UKI";
            case KERNEL -> "the kernel inside the UKI";
            case UKI_SECTIONS -> "the sections of the UKI";
            case USERSPACE_DIGESTS -> "the userspace measurements";
        };
    }

    private static String advice(Part part) {
        return switch (category(part, Kind.CHANGED)) {
            case FIRMWARE_UPDATE ->
                "if the firmware was updated on purpose, accept the new state; if not, its code was" + " replaced.";
            case KEY_ROTATION ->
                "if Secure Boot keys were rotated on purpose, accept the new state; if not, somebody"
                        + " else may decide what boots.";
            case DBX_UPDATE -> "a dbx update revokes boot loaders; accept the new state once the update is known.";
            case UKI_CHANGED ->
                "if a new image was installed, its digest must be that of the build's output; if not, the"
                        + " machine boots something else.";
            case BOOT_CHAIN_CHANGED ->
                "if the boot loader was updated on purpose, accept the new state; if not, something"
                        + " else runs before the UKI.";
            default -> "if the system was updated, accept the new state; if not, find out which service measured it.";
        };
    }
}
