package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The reference states that boots are judged by: one for all of them, or one for each cluster. The texts go to the executors, which make
 * the policies that they need, once.
 */
final class States implements Serializable {
    private static final long serialVersionUID = 1;

    static final States NONE = new States(Map.of(), false);

    /** The name of the state for boots of all clusters. */
    static final String ALL = "";

    private final TreeMap<String, String> jsonByCluster;
    private final boolean secureBootMayBeOff;
    private transient Map<String, BootPolicy> policies;

    States(Map<String, String> jsonByCluster, boolean secureBootMayBeOff) {
        this.jsonByCluster = new TreeMap<>(jsonByCluster);
        this.secureBootMayBeOff = secureBootMayBeOff;
    }

    /** {@return these states, if all of them can be read} */
    States validated() throws MalformedDataException {
        for (String json : jsonByCluster.values()) {
            parse(json);
        }
        return this;
    }

    /** {@return the policy for a cluster, or for a boot of which no cluster is known} */
    synchronized Optional<BootPolicy> policy(Optional<String> cluster) {
        String name = cluster.filter(jsonByCluster::containsKey).orElse(ALL);
        if (!jsonByCluster.containsKey(name)) {
            return Optional.empty();
        }
        if (policies == null) {
            policies = new ConcurrentHashMap<>();
        }
        return Optional.of(policies.computeIfAbsent(name, this::newPolicy));
    }

    private BootPolicy newPolicy(String name) {
        try {
            ReferenceState state = parse(jsonByCluster.get(name));
            PolicyOptions.Builder options = PolicyOptions.builderFor(state);
            return BootPolicy.of(state, (secureBootMayBeOff ? options.allowSecureBootOff() : options).build());
        } catch (MalformedDataException e) {
            throw new IllegalStateException("not validated", e);
        }
    }

    private static ReferenceState parse(String json) throws MalformedDataException {
        return ReferenceStateJson.parse(Bytes.encode(json, StandardCharsets.UTF_8))
                .state();
    }
}
