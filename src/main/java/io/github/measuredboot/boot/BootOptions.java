package io.github.measuredboot.boot;

import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.LoadOption;
import java.util.List;
import java.util.Optional;

/** The choices of the boot manager, as far as they are measured. */
public final class BootOptions {
    private final List<BootVariable<BootOrder>> orders;
    private final List<BootVariable<LoadOption>> options;
    private final List<BootVariable<Integer>> next;
    private final List<BootVariable<Integer>> current;
    private final Optional<Claim<Taken>> taken;

    BootOptions(
            List<BootVariable<BootOrder>> orders,
            List<BootVariable<LoadOption>> options,
            List<BootVariable<Integer>> next,
            List<BootVariable<Integer>> current,
            Optional<Claim<Taken>> taken) {
        this.orders = List.copyOf(orders);
        this.options = List.copyOf(options);
        this.next = List.copyOf(next);
        this.current = List.copyOf(current);
        this.taken = taken;
    }

    /** {@return the BootOrder variables; normally one} */
    public List<BootVariable<BootOrder>> orders() {
        return orders;
    }

    /** {@return the Boot#### variables} */
    public List<BootVariable<LoadOption>> options() {
        return options;
    }

    /** {@return the BootNext variables} */
    public List<BootVariable<Integer>> next() {
        return next;
    }

    /** {@return the BootCurrent variables} */
    public List<BootVariable<Integer>> current() {
        return current;
    }

    /** {@return the option that was booted, found by comparing device paths, which no digest covers} */
    public Optional<Claim<Taken>> taken() {
        return taken;
    }

    /** How the option that was booted is known. */
    public enum Basis {
        /** BootCurrent was measured. */
        BOOT_CURRENT("boot-current"),

        /**
         * The path of the option leads to the first application that is not before the separator, comes after the last option that
         * returned, and does not come from the firmware.
         */
        DEVICE_PATH("device-path");

        private final String id;

        Basis(String id) {
            this.id = id;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }

    /**
     * The option that was booted.
     *
     * @param option the name, such as {@code Boot0001}
     * @param basis how it is known
     */
    public record Taken(String option, Basis basis) {}
}
