package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of each attack the answer names what the attacker did, in its PCR and with its event. */
class DiagnoseAttackTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            action-nul-pcr-4            | PCR 4, event 25 | is not pinned
            action-nul-pcr-5            | PCR 5, event 39 | is not pinned
            addon-image                 | PCR 4, event 37 | debug.addon.efi (claimed) is not pinned
            addon-image-field-state     | PCR 4, event 37 | debug.addon.efi (claimed) is not pinned
            addon-removed               | PCR 4 | vendor.addon.efi is missing (rule images); PCR 12: the command line or credential console=ttyS1 is missing (rule command-line)
            addon-swapped               | PCR 4, event 37 | vendor.addon.efi has changed
            authority-retyped           | PCR 7, event 23 | is not pinned
            blob-as-action              | PCR 2, event 4 | has changed
            blob-as-driver-quoted       | PCR 2, event 4 | has changed
            command-line-changed        | PCR 12, event 37 | the command line or credential quiet lockdown=integrity has changed
            command-line-not-in-log     | PCR 12 | the log does not give the value
            command-line-only           | PCR 12, event 37 | the command line or credential init=/bin/sh is not pinned
            credentials-only            | PCR 12, event 37 | is not pinned
            dbx-certificate-in-pkcs7-list | PCR 7, event 8 | dbx lost 1 entry: CN=Revoked CA
            dbx-hash-in-sm3-list        | PCR 7, event 8 | dbx lost 1 entry: hash e3b0c442
            evil-uki-as-action          | PCR 4, event 24 | is not pinned
            evil-uki-pinned-uki-behind  | PCR 4, event 24 | is not pinned
            extension-as-tagged-event   | PCR 12, event 37 | is not pinned
            image-after-uki             | PCR 4, event 27 | old-kernel.efi (claimed) is not pinned
            main-blob-as-nonhost        | PCR 0, event 3 | is not pinned
            main-blob-as-post-code      | PCR 0, event 3 | is not pinned
            main-blob-good-digest-appended | PCR 0, event 3 | is not pinned
            second-addon                | PCR 4, event 38 | second.addon.efi (claimed) is not pinned
            secure-boot-on-behind-separator | PCR 7, event 4 | Secure Boot is off
            separator-moved-pcr-0       | PCR 0, event 3 | is not pinned
            separator-moved-pcr-2       | PCR 2, event 4 | has changed
            separator-twice-pcr-2       | PCR 2, event 4 | has changed
            shim-authority-replaced     | PCR 7, event 46 | MokListRT has changed
            shim-authority-retyped      | PCR 7, event 47 | is not pinned
            shim-revocations-rolled-back | PCR 7, event 44 | SbatLevel has changed
            startup-locality            | PCR 0 | the startup locality has changed: expected the TPM started from locality 3, found locality 0
            system-extension-not-in-log | PCR 13 | the log does not give the value
            system-extension-only       | PCR 13, event 37 | is not pinned
            userspace-faked             | PCR 11, event 43 | is not pinned
            userspace-log-other-words   | PCR 11 | the userspace measurement is missing
            userspace-log-withheld      | PCR 11 | the log does not give the value
            """)
    void theAttackIsNamed(String name, String place, String expected) {
        Path attack = TestLogs.shared("attacks").resolve(name);
        JsonNode json = TestLogs.json(attack.resolve("case.json"));
        Run make = Run.of(arguments(json.get("make"), attack).toArray(new String[0]));
        assertEquals(0, make.exitCode(), make.err());
        List<String> evil = diagnose(json.get("check"), attack);
        Run run = Run.of(evil.toArray(new String[0]));
        assertEquals(2, run.exitCode(), run.out() + run.err());
        String answer = run.out().lines().findFirst().orElse("");
        assertTrue(
                answer.startsWith("REJECTED: ") && answer.contains(place + ": ") && answer.contains(expected), answer);
        Run good = Run.of(diagnose(json.get("control"), attack).toArray(new String[0]));
        assertEquals(0, good.exitCode(), good.out() + good.err());
    }

    private List<String> diagnose(JsonNode check, Path attack) {
        List<String> arguments = new ArrayList<>(arguments(check, attack));
        assertEquals("check", arguments.get(0));
        arguments.set(0, "diagnose");
        return arguments;
    }

    private List<String> arguments(JsonNode arguments, Path attack) {
        List<String> texts = new ArrayList<>();
        arguments.forEach(argument ->
                texts.add(argument.asText().replace("{dir}", attack.toString()).replace("{tmp}", folder.toString())));
        return texts;
    }
}
