package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.TextData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.eventlog.data.WindowsData;
import io.github.measuredboot.windows.SipaTree;
import io.github.measuredboot.windows.WindowsBootState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks once over a log. Used by one thread. */
final class BootSummaryBuilder {
    final Claims claims;
    final SecureBootBuilder secureBoot;
    final LoadedImagesBuilder images;
    final BootOptionsBuilder bootOptions;
    final LoadersBuilder loaders;
    final List<Claim<FirmwareData.Version>> firmwareVersions = new ArrayList<>();
    final List<Claim<SeparatorData.Kind>> separators = new ArrayList<>();
    final List<Claim<Action>> actions = new ArrayList<>();
    private final List<Claim<SipaTree>> windows = new ArrayList<>();

    BootSummaryBuilder(Claims claims) {
        this.claims = claims;
        this.secureBoot = new SecureBootBuilder(claims);
        this.images = new LoadedImagesBuilder(claims);
        this.bootOptions = new BootOptionsBuilder(claims);
        this.loaders = new LoadersBuilder(claims);
    }

    BootSummary build() {
        claims.events().forEach(this::add);
        loaders.end();
        return new BootSummary(this);
    }

    private void add(CheckedEvent event) {
        claims.separator(event).ifPresent(separators::add);
        action(event).ifPresent(actions::add);
        loaders.add(event);
        images.add(event, secureBoot.add(event));
        if (event.claimedData() instanceof FirmwareData.Version version
                && claims.registers().isCrtm(event.event().pcrIndex())) {
            firmwareVersions.add(claims.whole(event, version));
        } else if (event.claimedData() instanceof WindowsData data) {
            windows.add(claims.whole(event, data.sipa()));
        } else if (event.claimedData() instanceof VariableEventData variable) {
            bootOptions.add(event, variable);
        }
    }

    Optional<WindowsBoot> windows() {
        List<SipaTree> trees = windows.stream().map(Claim::claimedValue).toList();
        return windows.isEmpty()
                ? Optional.empty()
                : Optional.of(new WindowsBoot(new WindowsBootState(trees), windows));
    }

    private Optional<Claim<Action>> action(CheckedEvent event) {
        return claims.actionByDigest(event).or(() -> {
            EventType type = event.event().claimedType();
            boolean isAction = type.layout() == EventType.Layout.TEXT && !type.equals(EventType.EV_EFI_HCRTM_EVENT);
            return isAction && event.claimedData() instanceof TextData data
                    ? Optional.of(claims.of(event, new Action(constantOf(data), data.text()), 0, data.textLength()))
                    : Optional.empty();
        });
    }

    private static Optional<MeasuredConstant> constantOf(TextData data) {
        return data.textLength() == data.text().length() ? MeasuredConstant.action(data.text()) : Optional.empty();
    }
}
