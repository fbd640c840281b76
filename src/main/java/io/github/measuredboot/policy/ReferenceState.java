package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.uefi.guid.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is expected of a machine that boots a Unified Kernel Image (UKI). {@code json.ReferenceStateJson} reads and writes it.
 *
 * @param firmware the firmware, each entry an alternative: a machine has to have one of them
 * @param secureBoot the Secure Boot keys
 * @param uki the UKI and the images around it
 * @param userspaceDigests what systemd extends after the kernel was started, in order; empty if it is not pinned
 * @param provenance where this state comes from, one entry for each log that it was made of; never part of a check
 */
public record ReferenceState(
        List<Firmware> firmware,
        SecureBoot secureBoot,
        Uki uki,
        List<UserspaceDigest> userspaceDigests,
        List<Provenance> provenance) {
    /**
     * Copies.
     *
     * @param firmware the firmware, each entry an alternative: a machine has to have one of them
     * @param secureBoot the Secure Boot keys
     * @param uki the UKI and the images around it
     * @param userspaceDigests what systemd extends after the kernel was started, in order
     * @param provenance where this state comes from, one entry for each log that it was made of
     */
    public ReferenceState {
        firmware = List.copyOf(firmware);
        userspaceDigests = List.copyOf(userspaceDigests);
        provenance = List.copyOf(provenance);
    }

    /**
     * A firmware.
     *
     * @param scrtm the digests of EV_S_CRTM_VERSION in PCR 0; empty if the log has no such event
     * @param platformFirmware the digests of the EV_EFI_PLATFORM_FIRMWARE_BLOB and _BLOB2 events, in the order of the log
     */
    public record Firmware(DigestSet scrtm, List<DigestSet> platformFirmware) {
        /**
         * Copies.
         *
         * @param scrtm the digests of EV_S_CRTM_VERSION in PCR 0
         * @param platformFirmware the digests of the EV_EFI_PLATFORM_FIRMWARE_BLOB and _BLOB2 events, in the order of the log
         */
        public Firmware {
            platformFirmware = List.copyOf(platformFirmware);
        }
    }

    /**
     * An EFI_SIGNATURE_DATA (UEFI 2.11, 32.4.1). Its type is not kept: the format in the field has no place for it.
     *
     * @param owner SignatureOwner
     * @param data SignatureData, such as a certificate in DER or a SHA-256 digest; not empty
     */
    public record Signature(Guid owner, Bytes data) {
        /**
         * Checks.
         *
         * @param owner SignatureOwner
         * @param data SignatureData, such as a certificate in DER or a SHA-256 digest
         * @throws IllegalArgumentException if {@code data} is empty
         */
        public Signature {
            if (data.isEmpty()) {
                throw new IllegalArgumentException("a signature without data");
            }
        }
    }

    /**
     * The contents of the Secure Boot variables. Their order and repetitions are kept, and mean nothing.
     *
     * @param pk the platform key
     * @param kek the key exchange keys
     * @param db what may boot
     * @param dbx what may not
     */
    public record SecureBoot(List<Signature> pk, List<Signature> kek, List<Signature> db, List<Signature> dbx) {
        /** No keys. */
        public static final SecureBoot EMPTY = new SecureBoot(List.of(), List.of(), List.of(), List.of());

        /**
         * Copies.
         *
         * @param pk the platform key
         * @param kek the key exchange keys
         * @param db what may boot
         * @param dbx what may not
         */
        public SecureBoot {
            pk = List.copyOf(pk);
            kek = List.copyOf(kek);
            db = List.copyOf(db);
            dbx = List.copyOf(dbx);
        }
    }

    /**
     * The images that boot.
     *
     * @param image the Authenticode digests of the UKI; empty if no UKI is pinned
     * @param sections the sections that systemd-stub measures into PCR 11, in its order; empty if they are not pinned
     * @param imagesBefore the Authenticode digests of the images that firmware starts before the UKI, such as systemd-boot,
     *     in order
     * @param kernel the Authenticode digests of the kernel inside the UKI; empty if it is not pinned
     */
    public record Uki(DigestSet image, List<UkiSection> sections, List<DigestSet> imagesBefore, DigestSet kernel) {
        /**
         * Copies.
         *
         * @param image the Authenticode digests of the UKI
         * @param sections the sections that systemd-stub measures into PCR 11, in its order
         * @param imagesBefore the Authenticode digests of the images that firmware starts before the UKI, such as systemd-boot, in order
         * @param kernel the Authenticode digests of the kernel inside the UKI
         */
        public Uki {
            sections = List.copyOf(sections);
            imagesBefore = List.copyOf(imagesBefore);
        }

        /**
         * A UKI that firmware starts itself, known by its digests alone.
         *
         * @param image the Authenticode digests
         * @return the image with nothing else pinned
         */
        public static Uki of(DigestSet image) {
            return new Uki(image, List.of(), List.of(), DigestSet.EMPTY);
        }
    }

    /**
     * A section of a UKI.
     *
     * @param name its name, such as {@code .cmdline}: 1 to 8 visible ASCII characters; empty if it is not known
     * @param digests the digests of its content
     */
    public record UkiSection(Optional<String> name, DigestSet digests) {
        private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,8}");

        /**
         * Checks.
         *
         * @param name its name, such as {@code .cmdline}: 1 to 8 visible ASCII characters
         * @param digests the digests of its content
         * @throws IllegalArgumentException if {@code name} is no name of a PE section
         */
        public UkiSection {
            if (name.isPresent() && !isName(name.get())) {
                throw new IllegalArgumentException("a section's name has 1 to 8 visible ASCII characters");
            }
        }

        static boolean isName(String text) {
            return NAME.matcher(text).matches();
        }
    }

    /**
     * A digest that systemd extends into a PCR, as its log tells.
     *
     * @param pcr the PCR, 0 to 31
     * @param digest the digest in one bank
     */
    public record UserspaceDigest(int pcr, Digest digest) {
        /**
         * Checks.
         *
         * @param pcr the PCR, 0 to 31
         * @param digest the digest in one bank
         * @throws IllegalArgumentException if {@code pcr} is out of range, or the algorithm is not standard
         */
        public UserspaceDigest {
            if (pcr < 0 || pcr > PcrBank.MAX_INDEX) {
                throw new IllegalArgumentException("PCR index " + pcr + " is not 0 to " + PcrBank.MAX_INDEX);
            }
            if (!digest.algorithm().isStandard()) {
                throw new IllegalArgumentException("no digest can be made with algorithm " + digest.algorithm());
            }
        }
    }

    /**
     * Where a reference state comes from. Texts have at most {@link #MAX_TEXT} characters, none of them a control character.
     *
     * @param source what it was made from, such as the name of a machine
     * @param tool what made it, with its version
     * @param logName what the log was called
     * @param logDigests digests of the whole log
     * @param created when, in the years 0 to 9999
     */
    public record Provenance(
            Optional<String> source,
            Optional<String> tool,
            Optional<String> logName,
            DigestSet logDigests,
            Optional<Instant> created) {
        /** The most characters of a text. */
        public static final int MAX_TEXT = 1000;

        private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

        /**
         * Checks.
         *
         * @param source what it was made from, such as the name of a machine
         * @param tool what made it, with its version
         * @param logName what the log was called
         * @param logDigests digests of the whole log
         * @param created when, in the years 0 to 9999
         * @throws IllegalArgumentException if a text is too long or has control characters, or {@code created} is out of
         *     range
         */
        public Provenance {
            Consumer<String> check = Provenance::checkText;
            source.ifPresent(check);
            tool.ifPresent(check);
            logName.ifPresent(check);
            if (created.isPresent()
                    && (created.get().isBefore(FIRST) || created.get().isAfter(LAST))) {
                throw new IllegalArgumentException("the time is not in the years 0 to 9999");
            }
        }

        private static void checkText(String text) {
            if (text.length() > MAX_TEXT) {
                throw new IllegalArgumentException(
                        "the text has " + text.length() + " characters, more than " + MAX_TEXT);
            }
            if (!Printable.of(text).equals(text)) {
                throw new IllegalArgumentException("the text has control characters");
            }
        }
    }

    /**
     * The same with the digests of one algorithm alone, as other tools expect it. What has no such digest stays, with none.
     *
     * @param algorithm the algorithm
     * @return a state with fewer digests
     */
    public ReferenceState onlyBank(HashAlgorithm algorithm) {
        return new ReferenceState(
                firmware.stream()
                        .map(entry ->
                                new Firmware(entry.scrtm().only(algorithm), only(entry.platformFirmware(), algorithm)))
                        .toList(),
                secureBoot,
                new Uki(
                        uki.image().only(algorithm),
                        uki.sections().stream()
                                .map(section -> new UkiSection(
                                        section.name(), section.digests().only(algorithm)))
                                .toList(),
                        only(uki.imagesBefore(), algorithm),
                        uki.kernel().only(algorithm)),
                userspaceDigests.stream()
                        .filter(extended -> extended.digest().algorithm().equals(algorithm))
                        .toList(),
                provenance);
    }

    private static List<DigestSet> only(List<DigestSet> sets, HashAlgorithm algorithm) {
        return sets.stream().map(set -> set.only(algorithm)).toList();
    }
}
