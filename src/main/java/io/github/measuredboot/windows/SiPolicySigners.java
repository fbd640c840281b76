package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.windows.SipaStructure.ExtendedKeyUsage;
import io.github.measuredboot.windows.SipaStructure.SiPolicyCertificate;
import io.github.measuredboot.windows.SipaStructure.SiPolicySigner;
import io.github.measuredboot.windows.SipaValue.Text;
import java.util.ArrayList;
import java.util.List;

final class SiPolicySigners {
    private SiPolicySigners() {}

    static SiPolicySigner read(ByteCursor cursor) throws MalformedDataException {
        long rootId = cursor.u32("rootId");
        long certificatesLength = cursor.u32("certificatesLength");
        int certificatesCount = cursor.u16("certificatesCount");
        int policyNameLength = cursor.u16("policyNameLength");
        int ekusLength = cursor.u16("ekusLength");
        int ekusCount = cursor.u16("ekusCount");
        Text policyName = SipaLayout.text(cursor, policyNameLength, "policyName");
        List<ExtendedKeyUsage> ekus = readEkus(part(cursor, ekusLength, "ekus"), ekusCount);
        return new SiPolicySigner(
                rootId,
                policyName,
                ekus,
                readCertificates(part(cursor, certificatesLength, "certificates"), certificatesCount));
    }

    private static ByteCursor part(ByteCursor cursor, long length, String field) throws MalformedDataException {
        long start = cursor.inputPosition();
        return new ByteCursor(cursor.bytes(length, field), start, "SIPAEVENT_SI_POLICY_SIGNER_PAYLOAD");
    }

    private static List<ExtendedKeyUsage> readEkus(ByteCursor cursor, int count) throws MalformedDataException {
        List<ExtendedKeyUsage> ekus = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = cursor.u8("ekus.length");
            ekus.add(new ExtendedKeyUsage(cursor.bytes(length, "ekus.identifier")));
        }
        requireEnd(cursor, "ekus");
        return ekus;
    }

    private static List<SiPolicyCertificate> readCertificates(ByteCursor cursor, int count)
            throws MalformedDataException {
        List<SiPolicyCertificate> certificates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int publisherLength = cursor.u16("certificates.publisherCommonNameLength");
            int issuerLength = cursor.u16("certificates.issuerCommonNameLength");
            long hashAlgId = cursor.u32("certificates.hashAlgId");
            int digestLength = cursor.u16("certificates.digestLength");
            Text publisher = SipaLayout.text(cursor, publisherLength, "certificates.publisherCommonName");
            Text issuer = SipaLayout.text(cursor, issuerLength, "certificates.issuerCommonName");
            Bytes digest = cursor.bytes(digestLength, "certificates.digest");
            certificates.add(new SiPolicyCertificate(publisher, issuer, hashAlgId, digest));
        }
        requireEnd(cursor, "certificates");
        return certificates;
    }

    private static void requireEnd(ByteCursor cursor, String field) throws MalformedDataException {
        if (cursor.remaining() > 0) {
            throw cursor.fault(field, cursor.remaining() + " bytes are left over");
        }
    }
}
