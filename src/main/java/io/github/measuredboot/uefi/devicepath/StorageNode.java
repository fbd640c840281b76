package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/** A messaging node of a disk or of a storage fabric. */
public sealed interface StorageNode extends DevicePathNode {
    /** An ATAPI device (10.3.4.1). */
    record Atapi(Bytes encoded) implements StorageNode {
        public Atapi {
            NodeLayout.ATAPI.require(encoded);
        }

        /** {@return 0 primary, 1 secondary} */
        public int channel() {
            return encoded.u8(4);
        }

        /** {@return 0 master, 1 slave} */
        public int drive() {
            return encoded.u8(5);
        }

        /** {@return the logical unit number} */
        public int logicalUnit() {
            return encoded.u16(6);
        }
    }

    /** A SCSI device (10.3.4.2). */
    record Scsi(Bytes encoded) implements StorageNode {
        public Scsi {
            NodeLayout.SCSI.require(encoded);
        }

        /** {@return the target id on the bus} */
        public int target() {
            return encoded.u16(4);
        }

        /** {@return the logical unit number} */
        public int logicalUnit() {
            return encoded.u16(6);
        }
    }

    /** A Fibre Channel device (10.3.4.3). */
    record FibreChannel(Bytes encoded) implements StorageNode {
        public FibreChannel {
            NodeLayout.FIBRE_CHANNEL.require(encoded);
        }

        /** {@return the world wide name} */
        public long worldWideName() {
            return encoded.u64(8);
        }

        /** {@return the logical unit number} */
        public long logicalUnit() {
            return encoded.u64(16);
        }
    }

    /** A Fibre Channel device, by numbers in the byte order of the wire (10.3.4.3). */
    record FibreChannelEx(Bytes encoded) implements StorageNode {
        public FibreChannelEx {
            NodeLayout.FIBRE_CHANNEL_EX.require(encoded);
        }

        /** {@return 8 bytes, the most significant first} */
        public Bytes worldWideName() {
            return encoded.slice(8, 8);
        }

        /** {@return 8 bytes, the most significant first} */
        public Bytes logicalUnit() {
            return encoded.slice(16, 8);
        }
    }

    /** A SATA device (10.3.4.6). */
    record Sata(Bytes encoded) implements StorageNode {
        public Sata {
            NodeLayout.SATA.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param hbaPort 0 to 65535
         * @param portMultiplierPort 0 to 65535; 0xffff for none
         * @param logicalUnit 0 to 65535
         * @return the node
         */
        public static Sata of(int hbaPort, int portMultiplierPort, int logicalUnit) {
            return new Sata(NodeLayout.SATA.encode(
                    new ByteWriter().u16(hbaPort).u16(portMultiplierPort).u16(logicalUnit)));
        }

        /** {@return the port of the host bus adapter} */
        public int hbaPort() {
            return encoded.u16(4);
        }

        /** {@return the port of the port multiplier; 0xffff if the device is directly attached} */
        public int portMultiplierPort() {
            return encoded.u16(6);
        }

        /** {@return the logical unit number} */
        public int logicalUnit() {
            return encoded.u16(8);
        }
    }

    /** A logical unit of the device before it (10.3.4.8). */
    record LogicalUnit(Bytes encoded) implements StorageNode {
        public LogicalUnit {
            NodeLayout.LOGICAL_UNIT.require(encoded);
        }

        /** {@return the logical unit number} */
        public int logicalUnit() {
            return encoded.u8(4);
        }
    }

    /** An I2O device (10.3.4.10). */
    record I2o(Bytes encoded) implements StorageNode {
        public I2o {
            NodeLayout.I2O.require(encoded);
        }

        /** {@return the target id} */
        public long targetId() {
            return encoded.u32(4);
        }
    }

    /** An InfiniBand service (10.3.4.15). */
    record Infiniband(Bytes encoded) implements StorageNode {
        public Infiniband {
            NodeLayout.INFINIBAND.require(encoded);
        }

        /** {@return bit 0 I/O controller or service, bit 1 extend boot environment, bit 2 console, bit 3 storage, bit 4 network} */
        public long resourceFlags() {
            return encoded.u32(4);
        }

        /** {@return 16 bytes, the most significant first} */
        public Bytes portGid() {
            return encoded.slice(8, 16);
        }

        /** {@return the service or the I/O controller} */
        public long serviceId() {
            return encoded.u64(24);
        }

        /** {@return the port of the target} */
        public long targetPortId() {
            return encoded.u64(32);
        }

        /** {@return the device} */
        public long deviceId() {
            return encoded.u64(40);
        }
    }

    /** A SAS or SATA device of a serial attached SCSI fabric (10.3.4.18). */
    record SasEx(Bytes encoded) implements StorageNode {
        public SasEx {
            NodeLayout.SAS_EX.require(encoded);
        }

        /** {@return 8 bytes, the most significant first} */
        public Bytes address() {
            return encoded.slice(4, 8);
        }

        /** {@return 8 bytes, the most significant first} */
        public Bytes logicalUnit() {
            return encoded.slice(12, 8);
        }

        /** {@return the device and topology information} */
        public int topology() {
            return encoded.u16(20);
        }

        /** {@return the relative target port} */
        public int relativeTargetPort() {
            return encoded.u16(22);
        }
    }

    /** An iSCSI target (10.3.4.20). */
    record Iscsi(Bytes encoded) implements StorageNode {
        public Iscsi {
            NodeLayout.ISCSI.require(encoded);
        }

        /** {@return 0 for TCP} */
        public int protocol() {
            return encoded.u16(4);
        }

        /** {@return the login options, a bit field} */
        public int loginOptions() {
            return encoded.u16(6);
        }

        /** {@return 8 bytes, the most significant first} */
        public Bytes logicalUnit() {
            return encoded.slice(8, 8);
        }

        /** {@return the tag of the target portal group} */
        public int targetPortalGroup() {
            return encoded.u16(16);
        }

        /** {@return the name of the target node, each byte a character} */
        public String targetName() {
            return NodeStrings.latin1UpToNul(encoded.from(18));
        }
    }

    /** An NVM Express namespace (10.3.4.21). */
    record NvmeNamespace(Bytes encoded) implements StorageNode {
        public NvmeNamespace {
            NodeLayout.NVME_NAMESPACE.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param namespaceId 0 to 4294967295
         * @param extendedUniqueId the EUI-64, 0 for none
         * @return the node
         */
        public static NvmeNamespace of(long namespaceId, long extendedUniqueId) {
            return new NvmeNamespace(NodeLayout.NVME_NAMESPACE.encode(
                    new ByteWriter().u32(namespaceId).u64(extendedUniqueId)));
        }

        /** {@return the namespace id; 0 means none} */
        public long namespaceId() {
            return encoded.u32(4);
        }

        /** {@return the EUI-64, 8 bytes with the least significant first; zeros if there is none} */
        public Bytes extendedUniqueId() {
            return encoded.slice(8, 8);
        }
    }

    /** A Universal Flash Storage device (10.3.4.23). */
    record Ufs(Bytes encoded) implements StorageNode {
        public Ufs {
            NodeLayout.UFS.require(encoded);
        }

        /** {@return the target id} */
        public int target() {
            return encoded.u8(4);
        }

        /** {@return the logical unit number} */
        public int logicalUnit() {
            return encoded.u8(5);
        }
    }

    /** A slot for an SD card (10.3.4.24). */
    record Sd(Bytes encoded) implements StorageNode {
        public Sd {
            NodeLayout.SD.require(encoded);
        }

        /** {@return the slot, from 0} */
        public int slot() {
            return encoded.u8(4);
        }
    }

    /** A slot for an embedded MMC (10.3.4.27). */
    record Emmc(Bytes encoded) implements StorageNode {
        public Emmc {
            NodeLayout.EMMC.require(encoded);
        }

        /** {@return the slot, from 0} */
        public int slot() {
            return encoded.u8(4);
        }
    }

    /** An NVDIMM namespace (10.3.4.30). */
    record NvdimmNamespace(Bytes encoded) implements StorageNode {
        public NvdimmNamespace {
            NodeLayout.NVDIMM_NAMESPACE.require(encoded);
        }

        /** {@return the unique id of its label} */
        public Guid uuid() {
            return Guid.at(encoded, 4);
        }
    }

    /** A namespace of NVM Express over fabrics (10.3.4.32). */
    record NvmeOverFabrics(Bytes encoded) implements StorageNode {
        public NvmeOverFabrics {
            NodeLayout.NVME_OVER_FABRICS.require(encoded);
        }

        /** {@return 1 EUI-64, 2 NGUID, 3 UUID, 4 CSI} */
        public int namespaceIdType() {
            return encoded.u8(4);
        }

        /** {@return 16 bytes, the most significant first} */
        public Bytes namespaceId() {
            return encoded.slice(5, 16);
        }

        /** {@return the NVMe qualified name of the subsystem, UTF-8 and without its NUL} */
        public Bytes subsystemName() {
            return NodeStrings.upToNul(encoded.from(21));
        }
    }
}
