package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import java.security.MessageDigest;

/**
 * A section of a PE image (IMAGE_SECTION_HEADER and the data that it points to).
 *
 * @param name the name up to its first NUL, at most 8 characters, a byte each (ISO 8859-1)
 * @param virtualSize VirtualSize: how many bytes the section has in memory
 * @param virtualAddress VirtualAddress: where it goes, from the start of the image in memory
 * @param pointerToRawData PointerToRawData: where its data is in the file
 * @param characteristics Characteristics, as the header has them
 * @param rawData SizeOfRawData bytes of the file; what goes beyond {@code virtualSize} is padding
 */
public record PeSection(
        String name,
        long virtualSize,
        long virtualAddress,
        long pointerToRawData,
        long characteristics,
        Bytes rawData) {

    /**
     * {@return what the file holds of the section in memory: {@code rawData} without padding, the first {@code virtualSize}
     * bytes at most}
     */
    public Bytes data() {
        return rawData.slice(0, (int) Math.min(virtualSize, rawData.length()));
    }

    /** {@return how many zero bytes follow {@link #data()} in memory} */
    public long zeroFill() {
        return virtualSize - data().length();
    }

    void updateAsLoaded(MessageDigest digest) {
        data().update(digest);
        Zeros.update(digest, zeroFill());
    }
}
