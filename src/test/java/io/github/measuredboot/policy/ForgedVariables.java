package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The Secure Boot variables of a boot, changed as firmware would measure them: digest and data agree. */
final class ForgedVariables {
    static final Guid OWNER = Guid.of("11111111-2222-3333-4444-555555555555");
    static final Bytes OTHER_HASH = Bytes.parseHex("5a".repeat(32));

    private ForgedVariables() {}

    static int indexOf(ForgedBoot boot, String name) {
        for (int index : boot.indexesOf(7)) {
            if (decode(boot.events().get(index))
                    .filter(variable -> variable.unicodeName().equals(name))
                    .isPresent()) {
                return index;
            }
        }
        throw new AssertionError("no variable " + name);
    }

    private static Optional<VariableData> decode(Forged event) {
        try {
            return Optional.of(VariableData.decode(event.data(), 0));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    static VariableData variable(ForgedBoot boot, String name) {
        return decode(boot.events().get(indexOf(boot, name))).orElseThrow();
    }

    static Forged withContent(ForgedBoot boot, String name, Bytes content) {
        VariableData old = variable(boot, name);
        Bytes data = new VariableData(old.variableName(), old.unicodeName(), content, Bytes.EMPTY).encode();
        return boot.measured(7, boot.events().get(indexOf(boot, name)).type(), data, data);
    }

    static ForgedBoot change(ForgedBoot boot, String name, UnaryOperator<Bytes> content) {
        Bytes changed = content.apply(variable(boot, name).data());
        return boot.replace(indexOf(boot, name), withContent(boot, name, changed));
    }

    static List<SignatureList> lists(ForgedBoot boot, String name) {
        try {
            return SignatureDatabase.decode(variable(boot, name).data(), 0).lists();
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    static ForgedBoot withLists(ForgedBoot boot, String name, List<SignatureList> lists) {
        return change(boot, name, content -> new SignatureDatabase(lists).encode());
    }

    static ForgedBoot withMore(ForgedBoot boot, String name, SignatureList... more) {
        List<SignatureList> lists = new ArrayList<>(lists(boot, name));
        lists.addAll(List.of(more));
        return withLists(boot, name, lists);
    }

    static SignatureList otherHash() {
        return SignatureList.of(SignatureType.SHA256, new SignatureData(OWNER, OTHER_HASH));
    }

    static SignatureList retyped(SignatureList list, SignatureType type) {
        return new SignatureList(type.guid(), list.signatureHeader(), list.signatures(), list.signatureSize());
    }
}
