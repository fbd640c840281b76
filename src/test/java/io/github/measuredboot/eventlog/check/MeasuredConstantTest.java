package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What firmware measures everywhere is recognised by its digest, in every bank, and nothing else is. */
class MeasuredConstantTest {
    private static final Map<MeasuredConstant, List<String>> SEPARATORS = Map.of(
            MeasuredConstant.SEPARATOR, List.of("00000000", "ffffffff"),
            MeasuredConstant.ERROR_SEPARATOR, List.of("01000000"),
            MeasuredConstant.WINDOWS_SEPARATOR, List.of("5742434c"));

    private static List<Bytes> encodings(MeasuredConstant constant) {
        return SEPARATORS.containsKey(constant)
                ? SEPARATORS.get(constant).stream().map(Bytes::parseHex).toList()
                : List.of(ascii(constant.description()), ascii(constant.description() + '\0'));
    }

    @ParameterizedTest
    @EnumSource(MeasuredConstant.class)
    void itsDigestIsEnoughInEveryBank(MeasuredConstant constant) {
        for (HashAlgorithm bank : HashAlgorithm.standard()) {
            for (Bytes encoding : encodings(constant)) {
                assertEquals(Optional.of(constant), of(bank, encoding), bank + " of " + encoding);
            }
        }
    }

    @Test
    void aDigestOfSomethingElseIsNone() {
        for (String text : List.of("", "separator", "calling efi application from boot option", "DMA Protection")) {
            assertEquals(Optional.empty(), of(HashAlgorithm.SHA256, ascii(text)), text);
        }
        Bytes separator = hash(HashAlgorithm.SHA256, Bytes.parseHex("00000000"));
        byte[] sameBeginning = separator.toByteArray();
        sameBeginning[31] ^= 1;
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.SHA256, Bytes.wrap(sameBeginning)));
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.SHA3_256, separator), "another bank");
    }

    @Test
    void aDigestOfAnotherSizeOrBankThatCannotBeComputedIsNone() {
        Bytes separator = hash(HashAlgorithm.SHA256, Bytes.parseHex("00000000"));
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.SHA256, separator.slice(0, 31)));
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.SHA384, separator));
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.SHA256, Bytes.EMPTY));
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.of(0x00b2, 32), separator));
        assertEquals(Optional.empty(), MeasuredConstant.of(HashAlgorithm.of(0x00b2, 4), separator.slice(0, 4)));
    }

    @Test
    void actionsAreFoundByTheirTextAndSeparatorsAreNoActions() {
        for (MeasuredConstant constant : MeasuredConstant.values()) {
            boolean isAction = !SEPARATORS.containsKey(constant);
            assertEquals(isAction, constant.isAction(), constant.id());
            assertEquals(
                    isAction ? Optional.of(constant) : Optional.empty(),
                    MeasuredConstant.action(constant.description()),
                    constant.id());
        }
        assertEquals(Optional.empty(), MeasuredConstant.action("a separator of something"));
        assertEquals(Optional.empty(), MeasuredConstant.action("UEFI Debug Mode\0"), "the text has no NUL");
    }

    @Test
    void attemptsToBootAndTheEndOfBootServicesAreTheirOwnGroups() {
        assertEquals(
                EnumSet.of(
                        MeasuredConstant.CALLING_BOOT_OPTION,
                        MeasuredConstant.RETURNING_FROM_BOOT_OPTION,
                        MeasuredConstant.RETURNING_FROM_APPLICATION,
                        MeasuredConstant.BOOT_ATTEMPTS_OMITTED),
                those(MeasuredConstant::isBootAttempt));
        assertEquals(
                EnumSet.of(MeasuredConstant.RETURNING_FROM_BOOT_OPTION, MeasuredConstant.RETURNING_FROM_APPLICATION),
                those(MeasuredConstant::isReturn));
        assertEquals(
                EnumSet.of(
                        MeasuredConstant.EXIT_BOOT_SERVICES_INVOCATION,
                        MeasuredConstant.EXIT_BOOT_SERVICES_SUCCESS,
                        MeasuredConstant.EXIT_BOOT_SERVICES_FAILURE),
                those(MeasuredConstant::isExitBootServices));
    }

    @Test
    void theTextsAreThoseOfTheSpecification() {
        assertEquals(
                List.of(
                        "separator: a separator",
                        "error-separator: an error separator",
                        "windows-separator: a separator of Windows",
                        "calling-boot-option: Calling EFI Application from Boot Option",
                        "returning-from-boot-option: Returning from EFI Application from Boot Option",
                        "returning-from-application: Returning from EFI Application",
                        "boot-attempts-omitted: BOOT ATTEMPTS OMITTED",
                        "exit-boot-services-invocation: Exit Boot Services Invocation",
                        "exit-boot-services-success: Exit Boot Services Returned with Success",
                        "exit-boot-services-failure: Exit Boot Services Returned with Failure",
                        "dma-protection-disabled: DMA Protection Disabled",
                        "uefi-debug-mode: UEFI Debug Mode",
                        "security-level-downgraded: Security Level is Downgraded to 0"),
                Stream.of(MeasuredConstant.values())
                        .map(constant -> constant.id() + ": " + constant.description())
                        .toList());
    }

    private static Set<MeasuredConstant> those(Predicate<MeasuredConstant> group) {
        return Stream.of(MeasuredConstant.values()).filter(group).collect(Collectors.toSet());
    }

    private static Optional<MeasuredConstant> of(HashAlgorithm bank, Bytes measured) {
        return MeasuredConstant.of(bank, hash(bank, measured));
    }

    private static Bytes hash(HashAlgorithm bank, Bytes measured) {
        return bank.hash(measured).orElseThrow();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
