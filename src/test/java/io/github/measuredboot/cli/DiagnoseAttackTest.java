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
            action-nul-pcr-4            | is not pinned (PCR 4, event 25:
            action-nul-pcr-5            | is not pinned (PCR 5, event 39:
            addon-image                 | debug.addon.efi (claimed) is not pinned (PCR 4, event 37:
            addon-image-field-state     | debug.addon.efi (claimed) is not pinned (PCR 4, event 37:
            addon-removed               | vendor.addon.efi is missing (PCR 4: expected sha512:3d072e2b830ae387...); the command line or credential console=ttyS1 is missing (PCR 12: expected sha512:2271cea042b5a6c8...)
            addon-swapped               | vendor.addon.efi is another one (PCR 4, event 37:
            authority-retyped           | is not pinned (PCR 7, event 23:
            blob-as-action              | is another one (PCR 2, event 4:
            blob-as-driver-quoted       | is another one (PCR 2, event 4:
            command-line-changed        | the command line or credential quiet lockdown=integrity is another one (PCR 12, event 37:
            command-line-not-in-log     | the log does not give the value of PCR 12
            command-line-only           | the command line or credential init=/bin/sh is not pinned (PCR 12, event 37:
            credentials-only            | is not pinned (PCR 12, event 37:
            dbx-certificate-in-pkcs7-list | dbx lost 1 entry (PCR 7, event 8: CN=Revoked CA
            dbx-hash-in-sm3-list        | dbx lost 1 entry (PCR 7, event 8: hash e3b0c442
            evil-uki-as-action          | is not pinned (PCR 4, event 24:
            evil-uki-pinned-uki-behind  | is not pinned (PCR 4, event 24:
            extension-as-tagged-event   | is not pinned (PCR 12, event 37:
            image-after-uki             | old-kernel.efi (claimed) is not pinned (PCR 4, event 27:
            main-blob-as-nonhost        | is not pinned (PCR 0, event 3:
            main-blob-as-post-code      | is not pinned (PCR 0, event 3:
            main-blob-good-digest-appended | is not pinned (PCR 0, event 3:
            second-addon                | second.addon.efi (claimed) is not pinned (PCR 4, event 38:
            secure-boot-on-behind-separator | Secure Boot is off (PCR 7, event 4:
            separator-moved-pcr-0       | is not pinned (PCR 0, event 3:
            separator-moved-pcr-2       | is another one (PCR 2, event 4:
            separator-twice-pcr-2       | is another one (PCR 2, event 4:
            shim-authority-replaced     | MokListRT is another one (PCR 7, event 46:
            shim-authority-retyped      | is not pinned (PCR 7, event 47:
            shim-revocations-rolled-back | SbatLevel is another one (PCR 7, event 44:
            startup-locality            | the startup locality is another one (PCR 0: expected the TPM started from locality 3, found locality 0
            system-extension-not-in-log | the log does not give the value of PCR 13
            system-extension-only       | is not pinned (PCR 13, event 37:
            userspace-faked             | is not pinned (PCR 11, event 43:
            userspace-log-other-words   | the userspace measurement is missing (PCR 11:
            userspace-log-withheld      | the log does not give the value of PCR 11
            """)
    void theAttackIsNamed(String name, String expected) {
        Path attack = TestLogs.shared("attacks").resolve(name);
        JsonNode json = TestLogs.json(attack.resolve("case.json"));
        Run make = Run.of(arguments(json.get("make"), attack).toArray(new String[0]));
        assertEquals(0, make.exitCode(), make.err());
        List<String> evil = diagnose(json.get("check"), attack);
        Run run = Run.of(evil.toArray(new String[0]));
        assertEquals(2, run.exitCode(), run.out() + run.err());
        String answer = run.out().lines().findFirst().orElse("");
        assertTrue(answer.startsWith("REJECTED: ") && answer.contains(expected), answer);
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
