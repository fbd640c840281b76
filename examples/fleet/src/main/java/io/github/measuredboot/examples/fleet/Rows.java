package io.github.measuredboot.examples.fleet;

import java.util.Iterator;
import java.util.function.Function;

/** Rows of a partition, one at a time. */
final class Rows {
    private Rows() {}

    static <T, R> Iterator<R> map(Iterator<T> rows, Function<T, R> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public R next() {
                return function.apply(rows.next());
            }
        };
    }
}
