/** Reads, replays and judges the evidence of a measured boot. */
@org.jspecify.annotations.NullMarked
module io.github.measuredboot {
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires org.bouncycastle.provider;

    exports io.github.measuredboot.attest;
    exports io.github.measuredboot.attest.systemd;
    exports io.github.measuredboot.boot;
    exports io.github.measuredboot.bytes;
    exports io.github.measuredboot.diagnosis;
    exports io.github.measuredboot.eventlog;
    exports io.github.measuredboot.eventlog.check;
    exports io.github.measuredboot.eventlog.data;
    exports io.github.measuredboot.eventlog.yaml;
    exports io.github.measuredboot.json;
    exports io.github.measuredboot.policy;
    exports io.github.measuredboot.refstate;
    exports io.github.measuredboot.replay;
    exports io.github.measuredboot.tpm;
    exports io.github.measuredboot.uefi;
    exports io.github.measuredboot.uefi.devicepath;
    exports io.github.measuredboot.uefi.guid;
    exports io.github.measuredboot.uefi.image;
    exports io.github.measuredboot.windows;
}
