package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Fault;

final class Faults {
    private Faults() {}

    static Fault shift(Fault fault, long distance) {
        return new Fault(fault.offset() + distance, fault.structure(), fault.field(), fault.reason());
    }
}
