package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the images and the authority that goes with each. Used by one thread. */
final class LoadedImagesBuilder {
    private final Claims statements;
    private final List<LoadedImage> images = new ArrayList<>();
    private @Nullable Claim<Authority> waiting;

    LoadedImagesBuilder(Claims statements) {
        this.statements = statements;
    }

    static Optional<LoadedImage.Type> type(EventType type) {
        if (type.equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION)) {
            return Optional.of(LoadedImage.Type.APPLICATION);
        }
        if (type.equals(EventType.EV_EFI_BOOT_SERVICES_DRIVER)) {
            return Optional.of(LoadedImage.Type.BOOT_SERVICES_DRIVER);
        }
        return type.equals(EventType.EV_EFI_RUNTIME_SERVICES_DRIVER)
                ? Optional.of(LoadedImage.Type.RUNTIME_SERVICES_DRIVER)
                : Optional.empty();
    }

    void add(CheckedEvent event, LoadedImage.Type type) {
        EventData data = event.claimedData();
        Optional<DevicePath> path = data instanceof ImageLoadData load
                ? Optional.of(load.imageLoad().devicePath())
                : Optional.empty();
        Claim<LoadedImage.Description> claim = statements.whole(event, new LoadedImage.Description(type, path));
        images.add(new LoadedImage(statements.digest(event), claim, Optional.ofNullable(waiting)));
        waiting = null;
    }

    void add(Claim<Authority> authority) {
        if (authority.claimedValue().isSignature()) {
            waiting = authority;
        }
    }

    List<LoadedImage> build() {
        return images;
    }
}
