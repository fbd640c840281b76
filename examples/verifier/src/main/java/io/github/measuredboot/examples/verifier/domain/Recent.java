package io.github.measuredboot.examples.verifier.domain;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Values that never change for their key, as far as they were used last: what does not fit is forgotten, and made again. */
final class Recent<V> {
    private final long capacity;
    private final ToLongFunction<V> weight;
    private final Map<String, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private long sum;

    /**
     * @param capacity how much all values may weigh
     * @param weight what one weighs
     */
    Recent(long capacity, ToLongFunction<V> weight) {
        this.capacity = capacity;
        this.weight = weight;
    }

    static <V> Recent<V> ofNumber(int most) {
        return new Recent<>(most, value -> 1);
    }

    synchronized Optional<V> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** {@return the value of a key, made now if it is not known} */
    V get(String key, Function<String, V> made) {
        return find(key).orElseGet(() -> put(key, made.apply(key)));
    }

    synchronized V put(String key, V value) {
        remove(key);
        values.put(key, value);
        sum += weight.applyAsLong(value);
        for (Iterator<V> eldest = values.values().iterator(); sum > capacity; eldest.remove()) {
            sum -= weight.applyAsLong(eldest.next());
        }
        return value;
    }

    synchronized void remove(String key) {
        V value = values.remove(key);
        if (value != null) {
            sum -= weight.applyAsLong(value);
        }
    }
}
