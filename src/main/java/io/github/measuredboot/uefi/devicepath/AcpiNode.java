package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.Optional;

/** A node of type 2: a device that the ACPI namespace describes (UEFI 10.3.3). */
public sealed interface AcpiNode extends DevicePathNode {
    /** A device by its numeric ids (10.3.3.1). */
    record Acpi(Bytes encoded) implements AcpiNode {
        public Acpi {
            NodeLayout.ACPI.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param hid the compressed EISA id, such as 0x0a0341d0 for PNP0A03
         * @param uid the unique id
         * @return the node
         */
        public static Acpi of(long hid, long uid) {
            return new Acpi(NodeLayout.ACPI.encode(new ByteWriter().u32(hid).u32(uid)));
        }

        /**
         * Makes the node of a PCI root bridge.
         *
         * @param uid the unique id
         * @return a node with the id PNP0A03
         */
        public static Acpi pciRoot(long uid) {
            return of(EisaId.pnp(EisaId.PCI_ROOT), uid);
        }

        /** {@return the _HID, a compressed EISA id: the vendor in the low 16 bits, the product number in the high ones} */
        public long hid() {
            return encoded.u32(4);
        }

        /** {@return the _UID} */
        public long uid() {
            return encoded.u32(8);
        }
    }

    /**
     * A device by ids that can also be strings (10.3.3.2). Where a string is present and not empty, the number beside it does not count.
     * The strings follow the numbers, in the order _HID, _UID, _CID.
     */
    record AcpiExpanded(Bytes encoded) implements AcpiNode {
        private static final int STRINGS_OFFSET = 16;

        public AcpiExpanded {
            NodeLayout.ACPI_EXPANDED.require(encoded);
        }

        /** {@return the _HID, a compressed EISA id} */
        public long hid() {
            return encoded.u32(4);
        }

        /** {@return the _UID} */
        public long uid() {
            return encoded.u32(8);
        }

        /** {@return the _CID, a compressed EISA id} */
        public long cid() {
            return encoded.u32(12);
        }

        /** {@return the _HID as a string, or empty if the node ends before it} */
        public Optional<String> hidString() {
            return string(0);
        }

        /** {@return the _UID as a string, or empty if the node ends before it} */
        public Optional<String> uidString() {
            return string(1);
        }

        /** {@return the _CID as a string, or empty if the node ends before it} */
        public Optional<String> cidString() {
            return string(2);
        }

        private Optional<String> string(int number) {
            Bytes rest = encoded.from(STRINGS_OFFSET);
            for (int i = 0; i < number && !rest.isEmpty(); i++) {
                rest = rest.from(NodeStrings.indexOfNul(rest) + 1);
            }
            return rest.isEmpty() ? Optional.empty() : Optional.of(NodeStrings.latin1UpToNul(rest));
        }

        static boolean hasUnterminatedString(Bytes encoded) {
            Bytes rest = encoded.from(STRINGS_OFFSET);
            for (int i = 0; i < 3 && !rest.isEmpty(); i++) {
                int end = NodeStrings.indexOfNul(rest);
                if (end < 0) {
                    return true;
                }
                rest = rest.from(end + 1);
            }
            return false;
        }
    }

    /** Devices by their addresses, such as the outputs of a video adapter (10.3.3.3). */
    record Adr(Bytes encoded) implements AcpiNode {
        public Adr {
            NodeLayout.ADR.require(encoded);
        }

        /** {@return how many addresses there are, at least 1} */
        public int count() {
            return (encoded.length() - HEADER_SIZE) / Integer.BYTES;
        }

        /**
         * One address.
         *
         * @param index 0 to {@link #count()} - 1
         * @return the _ADR
         */
        public long adr(int index) {
            return encoded.u32(HEADER_SIZE + index * Integer.BYTES);
        }
    }

    /** An NVDIMM (10.3.3.4). */
    record Nvdimm(Bytes encoded) implements AcpiNode {
        public Nvdimm {
            NodeLayout.NVDIMM.require(encoded);
        }

        /** {@return the NFIT device handle} */
        public long nfitDeviceHandle() {
            return encoded.u32(4);
        }
    }
}
