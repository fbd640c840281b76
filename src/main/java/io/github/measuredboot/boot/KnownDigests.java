package io.github.measuredboot.boot;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Separators and actions by their digests, so that an event that hides behind another type is found. */
final class KnownDigests {
    private final Map<Bytes, SeparatorData.Kind> separators = new HashMap<>();
    private final Map<Bytes, Action.Kind> actions = new HashMap<>();

    KnownDigests(HashAlgorithm bank) {
        bank.newMessageDigest().ifPresent(this::compute);
    }

    private void compute(MessageDigest digest) {
        for (String data : new String[] {"00000000", "ffffffff", "01000000", "5742434c"}) {
            Bytes raw = Bytes.parseHex(data);
            separators.put(hash(digest, raw), new SeparatorData(raw).kind());
        }
        for (Action.Kind kind : Action.Kind.values()) {
            if (kind != Action.Kind.OTHER) {
                actions.put(hash(digest, ascii(kind.text())), kind);
                actions.put(hash(digest, ascii(kind.text() + "\0")), kind);
            }
        }
    }

    Optional<SeparatorData.Kind> separator(Optional<Digest> digest) {
        return digest.map(Digest::value).map(separators::get);
    }

    Optional<Action.Kind> action(Optional<Digest> digest) {
        return digest.map(Digest::value).map(actions::get);
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }

    private static Bytes hash(MessageDigest digest, Bytes data) {
        data.update(digest);
        return Bytes.wrap(digest.digest());
    }
}
