package io.github.measuredboot.attest.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.json.SystemdReportJson;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.SystemdReportMaker;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.TpmSignature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports of other machines than that of the sample: keys, banks, hash algorithms, numbers of NvPCRs, orders of members. */
class OtherReportsTest {
    private static final List<HashAlgorithm> BANKS = List.of(HashAlgorithm.SHA384, HashAlgorithm.SHA256);

    private static VerifiedSystemdReport verify(Bytes file, SoftwareTpm tpm) throws Exception {
        return SystemdReportVerifier.verify(SystemdReportJson.parse(file), KeyIdentity.asserted(tpm.key()));
    }

    private static VerifiedSystemdReport verify(SystemdReportMaker maker) throws Exception {
        return verify(maker.make(), maker.tpm());
    }

    @Test
    void keysOfEachKindSign() throws Exception {
        for (SoftwareTpm tpm : List.of(
                SoftwareTpm.rsa(2048, TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA256),
                SoftwareTpm.rsa(3072, TpmSignature.Scheme.RSAPSS, HashAlgorithm.SHA384),
                SoftwareTpm.p256(),
                SoftwareTpm.ecdsa(4, "secp384r1", HashAlgorithm.SHA384),
                SoftwareTpm.ecdsa(5, "secp521r1", HashAlgorithm.SHA512))) {
            for (HashAlgorithm bank : BANKS) {
                SystemdReportMaker maker = new SystemdReportMaker(tpm, bank, BANKS, HashAlgorithm.SHA256);
                maker.systemd(11, "enter-initrd");
                assertTrue(verify(maker).replayed().isProved(bank, 11));
                assertEquals(List.of(), verify(maker).nvPcrs());
            }
        }
    }

    @Test
    void sessionsHaveAnyGoodHashAlgorithm() throws Exception {
        for (HashAlgorithm hash : List.of(HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512)) {
            verify(new SystemdReportMaker(SoftwareTpm.p256(), HashAlgorithm.SHA256, BANKS, hash));
        }
        SystemdReportMaker sha1 =
                new SystemdReportMaker(SoftwareTpm.p256(), HashAlgorithm.SHA256, BANKS, HashAlgorithm.SHA1);
        assertEquals(
                AttestationRefusal.AUDIT_DIFFERS,
                assertThrows(AttestationRefusedException.class, () -> verify(sha1))
                        .reason());
    }

    @Test
    void nvPcrsOfThisBootAreReproduced() throws Exception {
        SystemdReportMaker maker =
                new SystemdReportMaker(SoftwareTpm.p256(), HashAlgorithm.SHA256, BANKS, HashAlgorithm.SHA256);
        for (int i = 0; i < 12; i++) {
            maker.nvPcr(
                    "nvpcr" + i,
                    0x01d10200 + i,
                    i % 2 == 0 ? HashAlgorithm.SHA256 : HashAlgorithm.SHA384,
                    i == 5 ? 0x2a060046 : SystemdReportMaker.BY_POLICY);
        }
        maker.systemd(9, "nvpcr-separator");
        for (int i = 0; i < 12; i += 2) {
            maker.extendNvPcr("nvpcr" + i, "first");
            maker.extendNvPcr("nvpcr" + i, "second");
        }
        VerifiedSystemdReport verified = verify(maker);
        assertEquals(12, verified.nvPcrs().size());
        for (NvPcrValue value : verified.nvPcrs()) {
            assertTrue(value.isReproduced(), value.name());
            assertEquals(!value.name().equals("nvpcr5"), value.isInitialized(), value.name());
        }
        assertEquals(2, verified.nvPcr("nvpcr4").orElseThrow().records());
        maker.nvPcr("late", 0x01d10300, HashAlgorithm.SHA256, SystemdReportMaker.BY_POLICY);
        NvPcrValue late = verify(maker).nvPcr("late").orElseThrow();
        assertTrue(late.isReproduced());
        assertFalse(late.isInitialized(), "after the separator");
    }

    @Test
    void theOrderOfMembersDoesNotMatter() throws Exception {
        SystemdReportMaker maker = SystemdReportMaker.standard();
        assertEquals(verify(maker).nvPcrs().get(0).name(), "login");
        assertTrue(verify(maker.reversingMembers()).nvPcr("login").orElseThrow().isReproduced());
    }

    /** What is left of a report when a key that is as honest as any signs a part of another one. */
    @Test
    void partsOfTwoReportsOfOneTpmDoNotGoTogether() throws Exception {
        SystemdReportMaker maker = SystemdReportMaker.standard();
        SystemdReport one = SystemdReportJson.parse(maker.make());
        maker.extendNvPcr("login", "two");
        SystemdReport two = SystemdReportJson.parse(maker.make());
        for (int i = 0; i < one.components().size(); i++) {
            for (boolean isLog : new boolean[] {true, false}) {
                List<SystemdReport.Component> mixed = new ArrayList<>(one.components());
                mixed.set(i, two.components().get(i));
                SystemdReport report =
                        new SystemdReport(one.report(), one.key(), isLog ? one.eventLog() : two.eventLog(), mixed);
                assertTrue(isRefused(report, maker.tpm()), "component " + i);
            }
        }
        SystemdReport withLog = new SystemdReport(one.report(), one.key(), two.eventLog(), one.components());
        assertFalse(SystemdReportVerifier.verify(
                        withLog, KeyIdentity.asserted(maker.tpm().key()))
                .nvPcr("login")
                .orElseThrow()
                .isReproduced());
    }

    private static boolean isRefused(SystemdReport report, SoftwareTpm tpm) throws Exception {
        try {
            SystemdReportVerifier.verify(report, KeyIdentity.asserted(tpm.key()));
            return false;
        } catch (AttestationRefusedException | QuoteRefusedException e) {
            return true;
        }
    }

    @Test
    void aWeakKeyIsRefused() throws Exception {
        SystemdReportMaker maker = new SystemdReportMaker(
                SoftwareTpm.p256().withAttributes(0x00040072), HashAlgorithm.SHA256, BANKS, HashAlgorithm.SHA256);
        assertEquals(
                QuoteRefusal.TOO_WEAK,
                assertThrows(QuoteRefusedException.class, () -> verify(maker)).reason());
    }
}
