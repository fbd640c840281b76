package io.github.measuredboot.policy;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A value that is made from pinned events once for each bank. */
final class PerBank<T> {
    private final Map<HashAlgorithm, T> made = new ConcurrentHashMap<>();
    private final Function<HashAlgorithm, T> maker;

    PerBank(Function<HashAlgorithm, T> maker) {
        this.maker = maker;
    }

    T in(HashAlgorithm bank) {
        T known = made.get(bank);
        return known == null ? made.computeIfAbsent(bank, maker) : known;
    }
}
