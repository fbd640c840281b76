package io.github.measuredboot.examples.verifier.load;

import com.sun.management.OperatingSystemMXBean;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.ServiceProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** The CPU time, in milliseconds, of each who takes part. */
record Cpu(double service, double database, double machines) {
    static Cpu now(ServiceProcess service, Databases.Open database) throws IOException {
        OperatingSystemMXBean self = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Cpu(service.cpu().toMillis(), database.cpu().toMillis(), self.getProcessCpuTime() / 1e6);
    }

    Cpu each(Cpu before, int attestations) {
        return new Cpu(
                (service - before.service) / attestations,
                (database - before.database) / attestations,
                (machines - before.machines) / attestations);
    }
}
