package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/** A node of type 4: a portion of a medium (UEFI 10.3.5). */
public sealed interface MediaNode extends DevicePathNode {
    /** A partition (10.3.5.1). */
    record HardDrive(Bytes encoded) implements MediaNode {
        public HardDrive {
            NodeLayout.HARD_DRIVE.require(encoded);
        }

        /** The {@link #signatureType()} of an MBR. */
        public static final int MBR_SIGNATURE = 1;

        /** The {@link #signatureType()} of a GPT. */
        public static final int GUID_SIGNATURE = 2;

        /**
         * Makes the node of a GPT partition.
         *
         * @param number the number in the partition table, from 1
         * @param partition the unique GUID of the partition
         * @param start the first block
         * @param size the number of blocks
         * @return the node
         */
        public static HardDrive gpt(long number, Guid partition, long start, long size) {
            return new HardDrive(NodeLayout.HARD_DRIVE.encode(new ByteWriter()
                    .u32(number)
                    .u64(start)
                    .u64(size)
                    .bytes(partition.toBytes())
                    .u8(GUID_SIGNATURE)
                    .u8(GUID_SIGNATURE)));
        }

        /** {@return the number in the partition table, from 1; 0 for the whole disk} */
        public long partitionNumber() {
            return encoded.u32(4);
        }

        /** {@return the first block} */
        public long partitionStart() {
            return encoded.u64(8);
        }

        /** {@return the number of blocks} */
        public long partitionSize() {
            return encoded.u64(16);
        }

        /** {@return 16 bytes: a GUID, or a 32-bit signature and zeros, or nothing but zeros} */
        public Bytes signature() {
            return encoded.slice(24, 16);
        }

        /** {@return 1 MBR, 2 GPT} */
        public int partitionFormat() {
            return encoded.u8(40);
        }

        /** {@return 0 none, 1 32-bit MBR signature, 2 GUID} */
        public int signatureType() {
            return encoded.u8(41);
        }
    }

    /** A boot entry of a CD (10.3.5.2). */
    record CdRom(Bytes encoded) implements MediaNode {
        public CdRom {
            NodeLayout.CD_ROM.require(encoded);
        }

        /** {@return the entry of the boot catalog} */
        public long bootEntry() {
            return encoded.u32(4);
        }

        /** {@return the first block} */
        public long partitionStart() {
            return encoded.u64(8);
        }

        /** {@return the number of blocks} */
        public long partitionSize() {
            return encoded.u64(16);
        }
    }

    /** A medium that its vendor defines (10.3.5.3). */
    record Vendor(Bytes encoded) implements MediaNode {
        public Vendor {
            NodeLayout.MEDIA_VENDOR.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param vendor the GUID for the layout of {@code data}
         * @param data any bytes
         * @return the node
         */
        public static Vendor of(Guid vendor, Bytes data) {
            return new Vendor(NodeLayout.MEDIA_VENDOR.encode(
                    new ByteWriter().bytes(vendor.toBytes()).bytes(data)));
        }

        /** {@return the GUID for the layout of the data} */
        public Guid vendor() {
            return Guid.at(encoded, 4);
        }

        /** {@return the data} */
        public Bytes data() {
            return encoded.from(20);
        }
    }

    /** A file (10.3.5.4). */
    record FilePath(Bytes encoded) implements MediaNode {
        public FilePath {
            NodeLayout.FILE_PATH.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param pathName the name, with backslashes, at most 32,764 characters
         * @return the node
         */
        public static FilePath of(String pathName) {
            ByteWriter body = new ByteWriter();
            pathName.chars().forEach(body::u16);
            return new FilePath(NodeLayout.FILE_PATH.encode(body.u16(0)));
        }

        /** {@return the name up to its NUL; an unpaired surrogate is kept} */
        public String pathName() {
            return NodeStrings.char16UpToNul(body());
        }
    }

    /** A protocol on the medium (10.3.5.5). */
    record Protocol(Bytes encoded) implements MediaNode {
        public Protocol {
            NodeLayout.MEDIA_PROTOCOL.require(encoded);
        }

        /** {@return the protocol} */
        public Guid protocol() {
            return Guid.at(encoded, 4);
        }
    }

    /** A file of a firmware volume (10.3.5.6). */
    record FirmwareFile(Bytes encoded) implements MediaNode {
        public FirmwareFile {
            NodeLayout.FIRMWARE_FILE.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param name the name of the file
         * @return the node
         */
        public static FirmwareFile of(Guid name) {
            return new FirmwareFile(NodeLayout.FIRMWARE_FILE.encode(new ByteWriter().bytes(name.toBytes())));
        }

        /** {@return the name of the file} */
        public Guid name() {
            return Guid.at(encoded, 4);
        }
    }

    /** A firmware volume (10.3.5.7). */
    record FirmwareVolume(Bytes encoded) implements MediaNode {
        public FirmwareVolume {
            NodeLayout.FIRMWARE_VOLUME.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param name the name of the volume
         * @return the node
         */
        public static FirmwareVolume of(Guid name) {
            return new FirmwareVolume(NodeLayout.FIRMWARE_VOLUME.encode(new ByteWriter().bytes(name.toBytes())));
        }

        /** {@return the name of the volume} */
        public Guid name() {
            return Guid.at(encoded, 4);
        }
    }

    /** A range of the medium before it (10.3.5.8). Firmware of the time of TPM 1.2 leaves out the reserved bytes. */
    record RelativeOffsetRange(Bytes encoded) implements MediaNode {
        public RelativeOffsetRange {
            NodeLayout.RELATIVE_OFFSET_RANGE.require(encoded);
        }

        /** {@return the offset of the first byte} */
        public long startingOffset() {
            return encoded.u64(offsetsAt());
        }

        /** {@return the offset of the last byte} */
        public long endingOffset() {
            return encoded.u64(offsetsAt() + Long.BYTES);
        }

        private int offsetsAt() {
            return encoded.length() == HEADER_SIZE + 2 * Long.BYTES ? HEADER_SIZE : HEADER_SIZE + Integer.BYTES;
        }
    }

    /** A RAM disk (10.3.5.9). */
    record RamDisk(Bytes encoded) implements MediaNode {
        public RamDisk {
            NodeLayout.RAM_DISK.require(encoded);
        }

        /** {@return the first address} */
        public long startingAddress() {
            return encoded.u64(4);
        }

        /** {@return the last address} */
        public long endingAddress() {
            return encoded.u64(12);
        }

        /** {@return the type of the disk} */
        public Guid diskType() {
            return Guid.at(encoded, 20);
        }

        /** {@return the number of the instance} */
        public int instance() {
            return encoded.u16(36);
        }
    }
}
