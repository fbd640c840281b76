package io.github.measuredboot.examples.verifier.http;

import io.github.measuredboot.examples.verifier.domain.Fleet;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** What is counted, for Prometheus. No label comes from a machine. */
final class Meters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer attestations =
            Timer.builder("verifier.attestation").publishPercentiles(0.5, 0.99).register(registry);

    void judged(String outcome) {
        registry.counter("verifier.verdicts", "outcome", outcome).increment();
    }

    void enrolled() {
        registry.counter("verifier.enrolments").increment();
    }

    void answered(int status) {
        registry.counter("verifier.answers", "status", Integer.toString(status)).increment();
    }

    <T> T timed(Supplier<T> work) {
        return attestations.record(work);
    }

    /** {@return everything in Prometheus' text format, with the number of machines by status as it is now} */
    String scrape(Fleet fleet) {
        StringBuilder text = new StringBuilder(registry.scrape());
        text.append("# TYPE verifier_machines gauge\n");
        fleet.countByStatus()
                .forEach((status, count) -> text.append("verifier_machines{status=\"")
                        .append(status)
                        .append("\"} ")
                        .append(count)
                        .append('\n'));
        return text.toString();
    }
}
