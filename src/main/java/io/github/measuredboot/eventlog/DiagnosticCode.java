package io.github.measuredboot.eventlog;

/**
 * A peculiarity of a log that does not keep it from being read. The names are stable: reports print them, and policies use them to say
 * what they refuse.
 */
public enum DiagnosticCode {
    /** The area after the last event is filled with 00 or ff up to its end. */
    PADDING("padding", "padding follows the last event"),

    /** An event is for PCR 0xffffffff, as Windows writes its trust points: it belongs to no PCR. */
    PCR_INDEX_NONE("pcr-index-none", "an event belongs to no PCR (index 0xffffffff)"),

    /** An event is for a PCR that the PC Client profile does not have, 24 or higher: it is not extended anywhere. */
    PCR_INDEX_OUT_OF_RANGE("pcr-index-out-of-range", "an event is for a PCR that does not exist"),

    /** The log is in the legacy format and begins with an ordinary event instead of a Spec ID event. */
    LEGACY_WITHOUT_SPEC_ID("legacy-without-spec-id", "the log begins without a Spec ID event"),

    /** The log is in the legacy format and begins with a StartupLocality event instead of a Spec ID event. */
    LEGACY_STARTS_WITH_STARTUP_LOCALITY(
            "legacy-starts-with-startup-locality",
            "the log begins with a StartupLocality event instead of a Spec ID event"),

    /** A Spec ID Event00 or Event02 structure cannot be decoded; the framing of a legacy log does not need it. */
    SPEC_ID_MALFORMED("spec-id-malformed", "the Spec ID event cannot be decoded"),

    /** The Spec ID event continues after its vendor information. */
    SPEC_ID_TRAILING_BYTES("spec-id-trailing-bytes", "the Spec ID event has bytes after its vendor information"),

    /** The Spec ID event has a version of the specification that does not match its signature, or an unknown signature. */
    SPEC_ID_VERSION("spec-id-version", "the Spec ID event has another version than its signature stands for"),

    /** An event other than the first carries a Spec ID structure. It changes nothing. */
    SPEC_ID_NOT_FIRST("spec-id-not-first", "a Spec ID event is not the first event"),

    /**
     * The header has the index that it has in the log of a confidential VM (CC_EVENT, such as a TDX CCEL). The header is not measured, so
     * it decides nothing: see {@link MeasurementRegisters}.
     */
    CC_MEASUREMENT_REGISTERS(
            "cc-measurement-registers",
            "the header, which is not measured, has the index of one in the log of a confidential VM, where 0 is MRTD and 1 to 4 are"
                    + " RTMR 0 to 3"),

    /** The header lists an algorithm that this library cannot compute: that bank cannot be replayed. */
    ALGORITHM_NOT_SUPPORTED("algorithm-not-supported", "the header lists an algorithm that cannot be computed"),

    /** An event has a digest of a standard algorithm that the header does not list. */
    DIGEST_ALGORITHM_NOT_IN_HEADER(
            "digest-algorithm-not-in-header", "an event has a digest of an algorithm that the header does not list"),

    /** The digests of an event are in another order than the algorithms of the header. */
    DIGEST_ORDER("digest-order", "the digests of an event are in another order than the header's algorithms"),

    /** An event has no digest for an algorithm of the header, as on Windows. */
    DIGESTS_MISSING("digests-missing", "an event has fewer digests than the header has algorithms"),

    /** An EV_NO_ACTION event has a digest that is not all zero. The event is still not extended. */
    NO_ACTION_DIGEST_NOT_ZERO("no-action-digest-not-zero", "an EV_NO_ACTION event has a digest that is not zero"),

    /** A StartupLocality event is longer than the structure. */
    STARTUP_LOCALITY_OVERSIZED("startup-locality-oversized", "a StartupLocality event has more than 17 bytes"),

    /** A StartupLocality event was not obeyed: it is cut off, for another PCR, or its locality is not 0, 3 or 4. */
    STARTUP_LOCALITY_INVALID("startup-locality-invalid", "a StartupLocality event is not valid and was not obeyed"),

    /** A StartupLocality event was not obeyed: there was one before. */
    STARTUP_LOCALITY_REPEATED("startup-locality-repeated", "a second StartupLocality event was not obeyed"),

    /** A StartupLocality event was not obeyed: PCR 0 had been extended. */
    STARTUP_LOCALITY_LATE("startup-locality-late", "a StartupLocality event after PCR 0 was extended was not obeyed"),

    /** An EV_EFI_HCRTM_EVENT is not the first measurement into PCR 0 and has no influence on its initial value. */
    HCRTM_LATE("hcrtm-late", "an H-CRTM event after PCR 0 was extended does not set its initial value"),

    /** The StartupLocality event does not say 4, but the H-CRTM event does: 4 was used. */
    HCRTM_CONTRADICTS_STARTUP_LOCALITY(
            "hcrtm-contradicts-startup-locality",
            "the H-CRTM event means locality 4, the StartupLocality event says another"),

    /**
     * Events of a dynamic launch (Intel TXT, AMD SKINIT) extend PCR 17 to 22. Where no PCR value shows the start of these PCRs,
     * they are taken to start at zeros.
     */
    DYNAMIC_LAUNCH(
            "dynamic-launch",
            "events of a dynamic launch extend PCR 17 to 22: without PCR values these are taken to start at zeros"),

    /**
     * Events extend PCR 17 to 22, and none of them is known to be of a dynamic launch. Where no PCR value shows the start of these
     * PCRs, they are taken to start at ones.
     */
    DYNAMIC_LAUNCH_NOT_LOGGED(
            "dynamic-launch-not-logged",
            "no event of a dynamic launch is among those of PCR 17 to 22: without PCR values these are taken to start at ones"),

    /** A record of a userspace log has a NUL byte. It was skipped, as systemd does. */
    RECORD_WITH_NUL("record-with-nul", "a record with a NUL byte was skipped"),

    /** A record has no content type, so what it says about itself is ignored. */
    RECORD_WITHOUT_CONTENT_TYPE("record-without-content-type", "a record has no content_type"),

    /** A record has a digest of an algorithm that this library does not know: that bank cannot be replayed. */
    RECORD_ALGORITHM_UNKNOWN("record-algorithm-unknown", "a record has a digest of an unknown algorithm"),

    /** The record numbers of a canonical event log do not count up by one: records may be missing. */
    RECNUM_NOT_CONSECUTIVE("recnum-not-consecutive", "the record numbers do not count up by one"),

    /** The userspace log is marked as unfinished: a measurement that it does not hold yet was under way. */
    USERSPACE_LOG_UNFINISHED(
            "userspace-log-unfinished", "the log is marked as unfinished: a measurement may be missing"),

    /** The log ends with a fault: these are only the events before it. */
    INCOMPLETE("incomplete", "the log could be read only up to a fault");

    private final String id;
    private final String description;

    DiagnosticCode(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }

    String description() {
        return description;
    }
}
