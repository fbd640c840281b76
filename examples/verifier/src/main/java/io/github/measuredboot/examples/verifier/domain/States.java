package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Groups.StateRow;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.refstate.ReferenceState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reference states of the database. What a hash names never changes, so that the newest used ones are kept in memory. */
final class States {
    private static final int MAX = 256;

    private final Map<String, ReferenceState> byHash =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ReferenceState> eldest) {
                    return size() > MAX;
                }
            });

    List<KnownState> load(Handle handle, List<StateRow> rows, Group group) {
        List<KnownState> states = new ArrayList<>();
        for (StateRow row : rows) {
            states.add(KnownState.of(row.id(), state(handle, row.sha256()), group));
        }
        return states;
    }

    private ReferenceState state(Handle handle, String sha256) {
        ReferenceState known = byHash.get(sha256);
        if (known == null) {
            known = parse(Blobs.find(handle, sha256).orElseThrow());
            byHash.put(sha256, known);
        }
        return known;
    }

    private static ReferenceState parse(byte[] json) {
        try {
            return ReferenceStateJson.parse(Bytes.wrap(json)).state();
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a stored reference state", e);
        }
    }
}
