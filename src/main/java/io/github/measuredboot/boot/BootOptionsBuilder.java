package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the options of the boot manager and finds the one that was booted. Used by one thread. */
final class BootOptionsBuilder {
    private final Claims claims;
    private final List<BootVariable<BootOrder>> orders = new ArrayList<>();
    private final List<BootVariable<LoadOption>> options = new ArrayList<>();
    private final List<BootVariable<Integer>> next = new ArrayList<>();
    private final List<BootVariable<Integer>> current = new ArrayList<>();

    BootOptionsBuilder(Claims claims) {
        this.claims = claims;
    }

    void add(CheckedEvent event, VariableEventData data) {
        Optional<KnownVariable> known = data.known();
        boolean inFirmware = claims.registers().isFirmware(event.event().pcrIndex());
        if (known.isEmpty() || data.isAuthority() || !inFirmware) {
            return;
        }
        VariableContent content = data.content();
        if (known.get() == KnownVariable.BOOT_ORDER && content instanceof VariableContent.Order order) {
            orders.add(variable(event, data, order.order()));
        } else if (known.get() == KnownVariable.BOOT_OPTION && content instanceof VariableContent.Option option) {
            options.add(variable(event, data, option.option()));
        } else if (content instanceof VariableContent.OptionNumber number) {
            (known.get() == KnownVariable.BOOT_NEXT ? next : current).add(variable(event, data, number.number()));
        }
    }

    private <T> BootVariable<T> variable(CheckedEvent event, VariableEventData data, T content) {
        VariableData variable = data.variable();
        int dataOffset = variable.dataOffset();
        return new BootVariable<>(
                claims.of(event, variable.unicodeName(), 0, dataOffset),
                claims.of(event, content, dataOffset, variable.data().length()));
    }

    /** @param lastReturn see {@link BootSummary#lastReturn} */
    BootOptions build(List<LoadedImage> images, int lastReturn) {
        return new BootOptions(orders, options, next, current, taken(images, lastReturn));
    }

    private Optional<Claim<BootOptions.Taken>> taken(List<LoadedImage> images, int lastReturn) {
        if (!current.isEmpty()) {
            Claim<Integer> number = current.get(0).content();
            return Optional.of(taken(
                    BootOrder.variableName(number.claimedValue()),
                    BootOptions.Basis.BOOT_CURRENT,
                    current.get(0).name()));
        }
        List<LoadedImage> loaders = images.stream()
                .filter(image -> image.phase() != Phase.PRE_OS
                        && image.eventNumber() > lastReturn
                        && image.claim().claimedValue().type() == LoadedImage.Type.APPLICATION)
                .toList();
        Optional<LoadedImage> loader = loaders.stream()
                .filter(image -> !image.claim().claimedValue().isFirmwareResident())
                .findFirst()
                .or(() -> loaders.stream().findFirst());
        return loader.flatMap(image -> image.claim()
                .claimedValue()
                .devicePath()
                .flatMap(this::optionOf)
                .map(option -> taken(option, BootOptions.Basis.DEVICE_PATH, image.claim())));
    }

    private static Claim<BootOptions.Taken> taken(String option, BootOptions.Basis basis, Claim<?> source) {
        return source.with(new BootOptions.Taken(option, basis));
    }

    /** The option that has most of the path; among equal ones, the first in the order of booting. */
    private Optional<String> optionOf(DevicePath loader) {
        Optional<String> best = Optional.empty();
        int bestMatch = 0;
        for (BootVariable<LoadOption> option : inBootOrder()) {
            LoadOption content = option.content().claimedValue();
            int match = content.filePathList().isEmpty()
                    ? 0
                    : PathMatch.length(content.filePathList().get(0), loader);
            if (match > bestMatch) {
                bestMatch = match;
                best = Optional.of(option.name().claimedValue());
            }
        }
        return best;
    }

    private List<BootVariable<LoadOption>> inBootOrder() {
        Map<String, BootVariable<LoadOption>> byName = new HashMap<>();
        options.forEach(option -> byName.putIfAbsent(option.name().claimedValue(), option));
        BitSet ordered = new BitSet();
        List<BootVariable<LoadOption>> inOrder = new ArrayList<>();
        for (BootVariable<BootOrder> order : orders) {
            for (int number : order.content().claimedValue().options()) {
                BootVariable<LoadOption> option =
                        ordered.get(number) ? null : byName.get(BootOrder.variableName(number));
                ordered.set(number);
                if (option != null) {
                    inOrder.add(option);
                }
            }
        }
        inOrder.addAll(options);
        return inOrder;
    }
}
