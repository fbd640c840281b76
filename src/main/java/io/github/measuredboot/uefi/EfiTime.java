package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * EFI_TIME (UEFI 8.3), field by field, whether or not the fields make a time.
 *
 * @param year 0 to 65535, according to the specification 1900 to 9999
 * @param month 1 to 12
 * @param day 1 to 31
 * @param hour 0 to 23
 * @param minute 0 to 59
 * @param second 0 to 59
 * @param pad1 a byte that should be 0
 * @param nanosecond 0 to 999,999,999
 * @param timeZone minutes by which local time is behind UTC, -1440 to 1440, or {@link #UNSPECIFIED_TIMEZONE}
 * @param daylight flags of daylight saving time
 * @param pad2 a byte that should be 0
 */
public record EfiTime(
        int year,
        int month,
        int day,
        int hour,
        int minute,
        int second,
        int pad1,
        long nanosecond,
        int timeZone,
        int daylight,
        int pad2) {
    /** The size in bytes. */
    public static final int SIZE = 16;

    /** EFI_UNSPECIFIED_TIMEZONE: the time is local, and nothing says where. */
    public static final int UNSPECIFIED_TIMEZONE = 0x07ff;

    /**
     * Decodes a time.
     *
     * @throws MalformedDataException if there are more or fewer than 16 bytes
     */
    public static EfiTime decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "EFI_TIME");
        EfiTime time = of(cursor.bytes(SIZE, "Year"));
        cursor.requireEnd();
        return time;
    }

    static EfiTime of(Bytes time) {
        return new EfiTime(
                time.u16(0),
                time.u8(2),
                time.u8(3),
                time.u8(4),
                time.u8(5),
                time.u8(6),
                time.u8(7),
                time.u32(8),
                (short) time.u16(12),
                time.u8(14),
                time.u8(15));
    }

    /** {@return 16 bytes} */
    public Bytes encode() {
        return new ByteWriter()
                .u16(year)
                .u8(month)
                .u8(day)
                .u8(hour)
                .u8(minute)
                .u8(second)
                .u8(pad1)
                .u32(nanosecond)
                .u16(timeZone)
                .u8(daylight)
                .u8(pad2)
                .toBytes();
    }

    /** {@return whether every byte is 0, which means no time} */
    public boolean isZero() {
        return encode().isFilledWith(0);
    }

    /** {@return the time in UTC; empty if the fields do not make a time or the zone is unspecified} */
    public Optional<Instant> toInstant() {
        if (timeZone < -1440 || timeZone > 1440 || nanosecond > 999_999_999) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(year, month, day, hour, minute, second, (int) nanosecond)
                    .plusMinutes(timeZone)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
