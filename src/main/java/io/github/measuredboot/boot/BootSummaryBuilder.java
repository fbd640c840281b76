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
    private final Claims statements;
    private final SecureBootBuilder secureBoot;
    private final LoadedImagesBuilder images;
    private final BootOptionsBuilder bootOptions;
    private final LoadersBuilder loaders;
    private final List<Claim<FirmwareData.Version>> firmwareVersions = new ArrayList<>();
    private final List<Claim<SeparatorData.Kind>> separators = new ArrayList<>();
    private final List<Claim<Action>> actions = new ArrayList<>();
    private final List<Claim<SipaTree>> windows = new ArrayList<>();

    BootSummaryBuilder(Claims statements) {
        this.statements = statements;
        this.secureBoot = new SecureBootBuilder(statements);
        this.images = new LoadedImagesBuilder(statements);
        this.bootOptions = new BootOptionsBuilder(statements);
        this.loaders = new LoadersBuilder(statements);
    }

    BootSummary build() {
        statements.events().forEach(this::add);
        loaders.end();
        List<SipaTree> trees = windows.stream().map(Claim::claimedValue).toList();
        return new BootSummary(
                statements,
                firmwareVersions,
                secureBoot.build(),
                images.build(),
                bootOptions.build(images.build()),
                loaders,
                separators,
                actions,
                windows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new WindowsBoot(new WindowsBootState(trees), windows)));
    }

    private void add(CheckedEvent event) {
        statements.separator(event).ifPresent(separators::add);
        action(event).ifPresent(actions::add);
        LoadedImagesBuilder.type(event.event().claimedType()).ifPresent(type -> images.add(event, type));
        loaders.add(event);
        secureBoot.add(event).ifPresent(images::add);
        if (event.claimedData() instanceof FirmwareData.Version version
                && statements.registers().isCrtm(event.event().pcrIndex())) {
            firmwareVersions.add(statements.whole(event, version));
        } else if (event.claimedData() instanceof WindowsData data) {
            windows.add(statements.whole(event, data.sipa()));
        } else if (event.claimedData() instanceof VariableEventData variable) {
            bootOptions.add(event, variable);
        }
    }

    private Optional<Claim<Action>> action(CheckedEvent event) {
        return statements.actionByDigest(event).or(() -> {
            boolean isAction = event.claimedData() instanceof TextData
                    && !event.event().claimedType().equals(EventType.EV_EFI_HCRTM_EVENT);
            return isAction && event.claimedData() instanceof TextData data
                    ? Optional.of(statements.of(
                            event,
                            new Action(MeasuredConstant.action(data.text()), data.text()),
                            0,
                            data.text().length()))
                    : Optional.empty();
        });
    }
}
