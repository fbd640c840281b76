package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.VariableData;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JVM's list of JCA providers belongs to the application. */
class ProvidersTest {
    private static List<String> registered() {
        return Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
    }

    @Test
    void noneIsRegisteredByUsingTheLibrary() throws Exception {
        List<String> before = registered();
        EventLog log = EventLog.wrap(TestLogs.read(Path.of("testdata/boots/uki-secureboot/eventlog.bin")));
        Replay.of(log);
        HashAlgorithm.byName("sm3_256").orElseThrow().newMessageDigest();
        int certificates = 0;
        for (Event event : log.events()) {
            if (event.claimedType().name().equals("EV_EFI_VARIABLE_DRIVER_CONFIG")) {
                VariableData variable = VariableData.decode(event.data(), 0);
                if (variable.unicodeName().equals("PK")) {
                    for (SignatureList list :
                            SignatureDatabase.decode(variable.data(), 0).lists()) {
                        Bytes signature = list.signatures().get(0).signature();
                        assertInstanceOf(Certificate.Summary.class, Certificate.decode(signature, 0));
                        certificates++;
                    }
                }
            }
        }
        assertEquals(1, certificates);
        assertEquals(before, registered());
    }
}
