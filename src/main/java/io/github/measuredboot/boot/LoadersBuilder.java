package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.EventTag;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.TaggedEvent;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.TaggedData;
import io.github.measuredboot.eventlog.data.TextData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.internal.recognition.CommandLineText;
import io.github.measuredboot.tpm.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what boot loaders, systemd-stub and the EFI stub of Linux measure. Used by one thread. */
final class LoadersBuilder {
    private static final String STUB_INITRD = " initrd";
    private static final String COMMAND_LINE_SECTION = ".cmdline";

    private final Claims claims;
    private final List<CommandLine> commandLines = new ArrayList<>();
    private final List<MeasuredObject> sections = new ArrayList<>();
    private final List<MeasuredObject> objects = new ArrayList<>();
    private final Map<Long, Claim<String>> sectionNames = new TreeMap<>();

    LoadersBuilder(Claims claims) {
        this.claims = claims;
    }

    void add(CheckedEvent event) {
        long register = event.event().pcrIndex();
        Claim<String> sectionName = sectionNames.remove(register);
        if (event.claimedData() instanceof IplData ipl) {
            addIpl(event, ipl, sectionName);
        } else {
            dangling(sectionName);
            if (event.claimedData() instanceof TaggedData tagged) {
                tagged.shownEvents().forEach(tag -> addTag(event, tag));
            } else if (event.claimedData() instanceof TextData text) {
                addText(event, text.text());
            } else if (event.claimedData() instanceof VariableEventData variable) {
                addVariable(event, variable);
            } else if (event.claimedData() instanceof FirmwareData.Named named) {
                addNamed(event, named);
            }
        }
    }

    private void addVariable(CheckedEvent event, VariableEventData data) {
        if (data.content() instanceof VariableContent.Opaque opaque) {
            opaque.text()
                    .filter(CommandLineText::isCommandLine)
                    .ifPresent(text -> addCommandLine(
                            event,
                            CommandLine.Source.OTHER_LOADER,
                            claims.of(
                                    event,
                                    text,
                                    data.variable().dataOffset(),
                                    data.variable().data().length())));
        }
    }

    /** Td-shim writes a name of its own, and after it the command line of a kernel that it starts. */
    private void addNamed(CheckedEvent event, FirmwareData.Named named) {
        named.text()
                .or(() -> Optional.of(named.name()))
                .filter(CommandLineText::isCommandLine)
                .ifPresent(text -> addCommandLine(event, CommandLine.Source.OTHER_LOADER, claims.whole(event, text)));
    }

    private void addIpl(CheckedEvent event, IplData ipl, @Nullable Claim<String> sectionName) {
        Claim<String> text = claims.whole(event, ipl.text());
        if (ipl.kind() == IplData.Kind.UKI_SECTION) {
            addSection(event, text, sectionName);
            return;
        }
        dangling(sectionName);
        switch (ipl.kind()) {
            case KERNEL_COMMAND_LINE -> addCommandLine(event, CommandLine.Source.GRUB_KERNEL, grubText(event, ipl));
            case MODULE_COMMAND_LINE -> addCommandLine(event, CommandLine.Source.GRUB_MODULE, grubText(event, ipl));
            case FILE -> addObject(event, MeasuredObject.Kind.GRUB_FILE, text);
            case SHIM_LIST -> addObject(event, MeasuredObject.Kind.SHIM_LIST, text);
            case UTF16_TEXT -> {
                if (text.coverage() != Coverage.COVERED && ipl.text().endsWith(STUB_INITRD)) {
                    addObject(event, MeasuredObject.Kind.STUB_INITRD, text);
                } else if (text.coverage() != Coverage.COVERED && !CommandLineText.isCommandLine(ipl.text())) {
                    addObject(event, MeasuredObject.Kind.TEXT, text);
                } else {
                    addCommandLine(event, CommandLine.Source.SYSTEMD, text);
                }
            }
            case COMMAND_LINE -> addCommandLine(event, CommandLine.Source.OTHER_LOADER, text);
            case BOOT_CODE, OTHER_TEXT -> addObject(event, MeasuredObject.Kind.TEXT, text);
            case UKI_SECTION, GRUB_COMMAND, BINARY -> {}
        }
    }

    private Claim<String> grubText(CheckedEvent event, IplData ipl) {
        return claims.of(event, ipl.text(), ipl.textOffset(), ipl.textLength());
    }

    /** The digest of an event with a name is that of data in the log; the digest of an event with a content is not. */
    private void addSection(CheckedEvent event, Claim<String> text, @Nullable Claim<String> sectionName) {
        if (text.coverage() == Coverage.COVERED) {
            dangling(sectionName);
            sectionNames.put(event.event().pcrIndex(), text);
            return;
        }
        boolean continued = sectionName != null && sectionName.claimedValue().equals(text.claimedValue());
        if (!continued) {
            dangling(sectionName);
        }
        addSection(
                continued && sectionName != null ? sectionName : text,
                claims.digest(event),
                event.event().number());
    }

    private void dangling(@Nullable Claim<String> sectionName) {
        if (sectionName != null) {
            addSection(sectionName, Optional.empty(), sectionName.eventNumber());
        }
    }

    private void addSection(Claim<String> name, Optional<Claim<Digest>> digest, int eventNumber) {
        sections.add(new MeasuredObject(MeasuredObject.Kind.UKI_SECTION, name, digest, eventNumber));
        if (name.claimedValue().equals(COMMAND_LINE_SECTION)) {
            commandLines.add(new CommandLine(CommandLine.Source.UKI_SECTION, Optional.empty(), digest, eventNumber));
        }
    }

    private void addTag(CheckedEvent event, TaggedEvent tag) {
        String label = tag.tag().map(EventTag::label).orElse("");
        Optional<String> text = tag.text().filter(found -> !found.isEmpty()).filter(found -> !found.equals(label));
        if (label.equals(EventTag.LINUX_LOAD_OPTIONS.label())) {
            addLoadOptions(event, text.map(found -> textOf(event, tag, found)));
        } else if (!label.isEmpty()) {
            String name = text.map(found -> label + ": " + found).orElse(label);
            addObject(event, MeasuredObject.Kind.TAGGED, claims.of(event, name, tag.offset(), tag.length()));
        } else if (text.filter(CommandLineText::isCommandLine).isPresent()) {
            addCommandLine(event, CommandLine.Source.OTHER_LOADER, textOf(event, tag, text.get()));
        } else if (text.isPresent()) {
            addObject(event, MeasuredObject.Kind.TAGGED, textOf(event, tag, text.get()));
        }
    }

    private Claim<String> textOf(CheckedEvent event, TaggedEvent tag, String text) {
        return claims.of(
                event,
                text,
                tag.offset() + TaggedEvent.HEADER_SIZE,
                tag.taggedEventData().length());
    }

    /** The EFI stub of Linux writes its texts without a tag where it extends the registers of a confidential VM. */
    private void addText(CheckedEvent event, String text) {
        if (CommandLineText.isCommandLine(text)) {
            addCommandLine(event, CommandLine.Source.OTHER_LOADER, claims.whole(event, text));
        } else if (!event.event().claimedType().equals(EventType.EV_EVENT_TAG)) {
            return;
        } else if (text.equals(EventTag.LINUX_LOAD_OPTIONS.label())) {
            addLoadOptions(event, Optional.empty());
        } else {
            addObject(event, MeasuredObject.Kind.TAGGED, claims.whole(event, text));
        }
    }

    private void addLoadOptions(CheckedEvent event, Optional<Claim<String>> text) {
        commandLines.add(new CommandLine(
                CommandLine.Source.LINUX_LOAD_OPTIONS,
                text,
                claims.digest(event),
                event.event().number()));
    }

    private void addCommandLine(CheckedEvent event, CommandLine.Source source, Claim<String> text) {
        commandLines.add(new CommandLine(
                source, Optional.of(text), claims.digest(event), event.event().number()));
    }

    private void addObject(CheckedEvent event, MeasuredObject.Kind kind, Claim<String> name) {
        objects.add(new MeasuredObject(
                kind, name, claims.digest(event), event.event().number()));
    }

    /** To be called once, after the last event. */
    void end() {
        sectionNames.values().forEach(this::dangling);
        sectionNames.clear();
    }

    List<CommandLine> commandLines() {
        return commandLines;
    }

    List<MeasuredObject> sections() {
        return sections;
    }

    List<MeasuredObject> objects() {
        return objects;
    }
}
