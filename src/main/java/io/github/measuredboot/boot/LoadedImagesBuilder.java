package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers the images and the authority that vouched for each. Used by one thread. */
final class LoadedImagesBuilder {
    private static final Set<Long> PCRS_BETWEEN = Set.of(4L, 5L, 7L);

    private final Claims claims;
    private final List<LoadedImage> images = new ArrayList<>();
    private final AuthorityMatch<Claim<Authority>> authorities = new AuthorityMatch<>();

    LoadedImagesBuilder(Claims claims) {
        this.claims = claims;
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

    void add(CheckedEvent event, Optional<Claim<Authority>> authority) {
        Optional<LoadedImage.Type> type = type(event.event().claimedType());
        if (type.isPresent()) {
            addImage(event, type.get());
        } else if (authority.filter(one -> vouches(event, one)).isPresent()) {
            authorities.addAuthority(authority.get());
        } else if (event.event().isMeasured()
                && (!mayComeBetween(event) || claims.separator(event).isPresent())) {
            authorities.interrupt();
        }
    }

    /** A list in a configuration event is one of shim's, measured when shim starts. */
    private static boolean vouches(CheckedEvent event, Claim<Authority> authority) {
        return authority.claimedValue().isSignature()
                && event.event().claimedType().equals(EventType.EV_EFI_VARIABLE_AUTHORITY);
    }

    private void addImage(CheckedEvent event, LoadedImage.Type type) {
        Optional<DevicePath> path = event.claimedData() instanceof ImageLoadData load
                ? Optional.of(load.imageLoad().devicePath())
                : Optional.empty();
        LoadedImage.Description description = new LoadedImage.Description(type, path);
        if (description.isFirmwareResident()) {
            authorities.interrupt();
        } else {
            authorities.addImage(images.size());
        }
        images.add(new LoadedImage(claims.digest(event), claims.whole(event, description), Optional.empty()));
    }

    /** An image is verified and measured in one go: actions and partition tables may come between, other measurements do not. */
    private boolean mayComeBetween(CheckedEvent event) {
        long register = event.event().pcrIndex();
        return claims.registers() == MeasurementRegisters.PCRS
                ? PCRS_BETWEEN.contains(register)
                : claims.registers().isFirmware(register);
    }

    List<LoadedImage> build() {
        Map<Digest, Claim<Authority>> byDigest = new TreeMap<>();
        Set<Digest> contested = new TreeSet<>();
        authorities.match().forEach((image, authority) -> {
            setAuthority(image, authority);
            contentOf(image)
                    .filter(digest -> byDigest.put(digest, authority) != null)
                    .ifPresent(contested::add);
        });
        byDigest.keySet().removeAll(contested);
        for (int image = 0; image < images.size(); image++) {
            LoadedImage loaded = images.get(image);
            if (loaded.claimedAuthority().isEmpty()
                    && !loaded.claim().claimedValue().isFirmwareResident()) {
                Optional<Claim<Authority>> ofSame = contentOf(image).map(byDigest::get);
                if (ofSame.isPresent()) {
                    setAuthority(image, ofSame.get());
                }
            }
        }
        return List.copyOf(images);
    }

    private void setAuthority(int image, Claim<Authority> authority) {
        LoadedImage loaded = images.get(image);
        images.set(image, new LoadedImage(loaded.digest(), loaded.claim(), Optional.of(authority)));
    }

    /** A certificate vouches for the digest, whoever loads the image; two images can be made that have the same SHA-1. */
    private Optional<Digest> contentOf(int image) {
        return images.get(image)
                .digest()
                .filter(digest -> digest.coverage() == Coverage.COVERED)
                .map(Claim::claimedValue)
                .filter(digest -> !digest.algorithm().equals(HashAlgorithm.SHA1));
    }
}
