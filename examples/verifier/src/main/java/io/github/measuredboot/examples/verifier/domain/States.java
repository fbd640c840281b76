package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.store.Reporters;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.refstate.ReferenceState;
import java.util.List;
import java.util.function.Function;

/** Reference states of the database. What a hash names never changes, so that those that were used last are kept in memory. */
final class States {
    private static final int MOST = 256;

    private final Recent<ReferenceState> byHash = Recent.ofNumber(MOST);
    private final Recent<KnownState> known = Recent.ofNumber(MOST);

    /**
     * @param states which
     * @param isSecureBootRequired whether Secure Boot must be on
     * @param contents finds the JSON of a state by its hash
     */
    List<KnownState> load(
            List<Reporters.State> states, boolean isSecureBootRequired, Function<String, byte[]> contents) {
        return states.stream()
                .map(state -> known.get(
                        state.id() + " " + isSecureBootRequired + " " + state.sha256(),
                        unknown -> KnownState.of(
                                state.id(),
                                byHash.get(state.sha256(), hash -> parse(contents.apply(hash))),
                                isSecureBootRequired)))
                .toList();
    }

    private static ReferenceState parse(byte[] json) {
        try {
            return ReferenceStateJson.parse(Bytes.wrap(json)).state();
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a stored reference state", e);
        }
    }
}
