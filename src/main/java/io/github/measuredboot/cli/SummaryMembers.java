package io.github.measuredboot.cli;

import io.github.measuredboot.boot.Action;
import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.BootOptions;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.BootVariable;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.boot.WindowsBoot;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import io.github.measuredboot.internal.json.StructureNames;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The story of a boot for a program. Each claim has {@code proof, pcrProof, event, register} and {@code phase} before its values. {@code
 * proof} is {@code covered} only if the digest of the bank covers the values beside it, and if PCR values were given only if the PCR is
 * reproduced. {@code pcrProof} is {@code quoted}, {@code asserted} or {@code unproved}; without PCR values it is always the last.
 * An image has {@code claimedAuthority} if it is known which authority vouched for it.
 */
final class SummaryMembers {
    private final DataWriter out;
    private final MeasurementRegisters registers;
    private final boolean onlyClaimed;

    SummaryMembers(DataWriter out, MeasurementRegisters registers, boolean onlyClaimed) {
        this.out = out;
        this.registers = registers;
        this.onlyClaimed = onlyClaimed;
    }

    void write(BootSummary summary) {
        out.put("bank", summary.bank().name());
        LogMembers.registers(out, summary.registers());
        out.put("compared", summary.verified().isPresent());
        claims(
                "firmwareVersions",
                summary.firmwareVersions(),
                version -> out.put("version", version.text()).put("data", version.raw()));
        out.object("secureBoot", () -> secureBoot(summary.secureBoot()))
                .objects("images", summary.images(), this::image)
                .object("bootOptions", () -> bootOptions(summary.bootOptions()))
                .objects("commandLines", summary.commandLines(), this::commandLine)
                .objects("ukiSections", summary.ukiSections(), this::measuredObject)
                .objects("objects", summary.objects(), this::measuredObject);
        claims("separators", summary.separators(), kind -> out.put("kind", kind.id()));
        claims("actions", summary.actions(), this::action);
        out.object("windows", summary.windows(), this::windows);
    }

    private void secureBoot(SecureBoot secureBoot) {
        claims(
                "modes",
                secureBoot.modes(),
                mode -> out.put("variable", mode.variable().pattern()).put("enabled", mode.enabled()));
        claims("databases", secureBoot.databases(), database -> {
            out.put("variable", database.variable().pattern()).put("entries", database.size());
            certificates(database.certificates());
        });
        claims("authorities", secureBoot.authorities(), this::authority);
        claims("late", secureBoot.late(), variable -> out.put("variable", variable.pattern()));
    }

    private void authority(Authority authority) {
        out.put("vendorGuid", authority.vendorGuid().toString())
                .put("name", authority.name())
                .put("content", StructureNames.of(authority.content()));
        certificates(authority.certificates());
    }

    private void certificates(List<Certificate.Summary> certificates) {
        out.objects(
                "certificates",
                certificates,
                certificate -> out.put("subject", certificate.subject())
                        .put("issuer", certificate.issuer())
                        .put("sha256", certificate.sha256Fingerprint()));
    }

    private void image(LoadedImage image) {
        digest(image.digest());
        claim(
                "claim",
                image.claim(),
                claim -> out.put("type", claim.type().id())
                        .put("devicePath", claim.devicePath().map(SummaryMembers::text))
                        .put("firmwareResident", claim.isFirmwareResident()));
        image.claimedAuthority().ifPresent(authority -> claim("claimedAuthority", authority, this::authority));
    }

    private void bootOptions(BootOptions options) {
        variables(
                "order",
                options.orders(),
                order -> out.texts(
                        "options",
                        order.options().stream().map(BootOrder::variableName).toList()));
        variables("options", options.options(), this::option);
        variables("next", options.next(), number -> out.put("option", BootOrder.variableName(number)));
        variables("current", options.current(), number -> out.put("option", BootOrder.variableName(number)));
        options.taken()
                .ifPresent(taken -> claim(
                        "taken",
                        taken,
                        value -> out.put("option", value.option())
                                .put("basis", value.basis().id())));
    }

    private void option(LoadOption option) {
        out.put("active", option.isActive())
                .put("description", option.description())
                .texts(
                        "filePathList",
                        option.filePathList().stream().map(SummaryMembers::text).toList())
                .put("optionalData", option.optionalData());
    }

    private void commandLine(CommandLine line) {
        out.put("source", line.source().id()).put("event", line.eventNumber());
        digest(line.digest());
        line.text().ifPresent(text -> claim("text", text, value -> out.put("value", value)));
    }

    private void measuredObject(MeasuredObject object) {
        out.put("kind", object.kind().id()).put("event", object.eventNumber());
        digest(object.digest());
        claim("name", object.name(), value -> out.put("value", value));
    }

    private void action(Action action) {
        out.put("kind", action.constant().map(MeasuredConstant::id).orElse("other"))
                .put("text", action.text());
    }

    private void windows(WindowsBoot windows) {
        claims(
                "settings",
                windows.settings(),
                setting -> out.put("setting", setting.type().fieldName()).put("value", setting.value()));
        claims(
                "siPolicies",
                windows.stated(windows.state().siPolicies()),
                policy -> out.put("name", policy.policyName()).put("digest", policy.digest()));
        claims(
                "elamDrivers",
                windows.stated(windows.state().elamDrivers()),
                driver -> out.put("keyName", driver.keyName()));
        claims(
                "modules",
                windows.stated(windows.state().modules()),
                module -> out.put("filePath", module.filePath())
                        .put("authenticodeHash", module.authenticodeHash().map(Bytes::toHex)));
    }

    private void digest(Optional<Claim<Digest>> digest) {
        digest.ifPresent(claim -> out.put("digest", claim.claimedValue().value())
                .put("digestProof", proof(claim))
                .put("digestPcrProof", claim.pcrProof().id()));
    }

    private <T> void variables(String name, List<BootVariable<T>> variables, Consumer<T> content) {
        out.objects(name, variables, variable -> {
            claim("name", variable.name(), value -> out.put("value", value));
            claim("content", variable.content(), content);
        });
    }

    private <T> void claims(String name, List<Claim<T>> claims, Consumer<T> value) {
        out.objects(name, claims, claim -> write(claim, value));
    }

    private <T> void claim(String name, Claim<T> claim, Consumer<T> value) {
        out.object(name, () -> write(claim, value));
    }

    private <T> void write(Claim<T> claim, Consumer<T> value) {
        out.put("proof", proof(claim))
                .put("pcrProof", claim.pcrProof().id())
                .put("event", claim.eventNumber())
                .put("register", claim.register());
        LogMembers.register(out, registers, claim.register());
        out.put("phase", claim.phase().id());
        value.accept(claim.claimedValue());
    }

    private String proof(Claim<?> claim) {
        boolean downgraded = onlyClaimed && claim.coverage() == Coverage.COVERED;
        return (downgraded ? Coverage.NOT_COVERED : claim.coverage()).id();
    }

    private static String text(DevicePath path) {
        return path.toText(DevicePathTextForm.UEFI);
    }
}
