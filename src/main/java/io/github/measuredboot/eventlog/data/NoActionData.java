package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.SpecIdEvent;
import java.util.List;

/** The data of an EV_NO_ACTION event (PFP section 10.4.5). Such an event is never extended: nothing in it is measured. */
public sealed interface NoActionData extends EventData {
    /** The header of a log. */
    record SpecId(Bytes raw, SpecIdEvent specId) implements NoActionData {
        @Override
        public List<Field> fields() {
            return NoActionDecoder.specIdFields(raw, specId);
        }
    }

    /** From which locality the TPM was started ({@code TCG_EfiStartupLocalityEvent}). */
    record StartupLocality(Bytes raw) implements NoActionData {
        private static final int LOCALITY_OFFSET = 16;

        /** {@return 0 to 255} */
        public int locality() {
            return raw.u8(LOCALITY_OFFSET);
        }

        @Override
        public List<Field> fields() {
            return List.of(
                    Field.text("signature", "StartupLocality", 0, LOCALITY_OFFSET),
                    Field.unsigned("startupLocality", locality(), LOCALITY_OFFSET, 1));
        }
    }

    /**
     * Which platform firmware runs and where its reference measurements and the platform certificate can be found ({@code
     * TCG_Sp800_155_PlatformId_Event}, {@code Event2} and {@code Event3}). Whoever follows such a locator follows an
     * unauthenticated text.
     *
     * @param version 1, 2 or 3
     * @param fields the fields
     */
    record Sp800155PlatformId(Bytes raw, int version, List<Field> fields) implements NoActionData {
        public Sp800155PlatformId {
            fields = List.copyOf(fields);
        }
    }

    /** A component that was measured by the H-CRTM ({@code TCG_HCRTMComponentEvent}, signature {@code "H-CRTM CompMeas"}). */
    record HcrtmComponent(Bytes raw, List<Field> fields) implements NoActionData {
        public HcrtmComponent {
            fields = List.copyOf(fields);
        }
    }

    /** Instance data of a device that was extended into an NV index ({@code NV_INDEX_INSTANCE_EVENT_LOG_DATA}). */
    record NvIndexInstance(Bytes raw, List<Field> fields) implements NoActionData {
        public NvIndexInstance {
            fields = List.copyOf(fields);
        }
    }

    /** Dynamic data, such as a nonce, that was extended into an NV index ({@code NV_INDEX_DYNAMIC_EVENT_LOG_DATA}). */
    record NvIndexDynamic(Bytes raw, List<Field> fields) implements NoActionData {
        public NvIndexDynamic {
            fields = List.copyOf(fields);
        }
    }
}
