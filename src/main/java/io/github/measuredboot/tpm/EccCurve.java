package io.github.measuredboot.tpm;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** The curves of attestation keys. */
enum EccCurve {
    P256(0x0003, "secp256r1", "2a8648ce3d030107", 32),
    P384(0x0004, "secp384r1", "2b81040022", 48),
    P521(0x0005, "secp521r1", "2b81040023", 66),
    SM2_P256(0x0020, "sm2p256v1", "2a811ccf5501822d", 32);

    final int id;
    final String jcaName;
    final String oidHex;
    final int coordinateSize;

    EccCurve(int id, String jcaName, String oidHex, int coordinateSize) {
        this.id = id;
        this.jcaName = jcaName;
        this.oidHex = oidHex;
        this.coordinateSize = coordinateSize;
    }

    static Optional<EccCurve> find(Predicate<EccCurve> wanted) {
        return Arrays.stream(values()).filter(wanted).findFirst();
    }
}
