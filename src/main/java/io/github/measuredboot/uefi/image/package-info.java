/**
 * Executables that firmware loads: PE images with the digests that are measured of them, and Unified Kernel Images (UKI) with what
 * systemd-stub measures. From these a reference state can be made before any machine has booted the image.
 *
 * <pre>{@code
 * PeImage image = PeImage.read(ukiFile);
 * Digest measured = image.authenticodeDigest(HashAlgorithm.SHA256); // what PCR 4 is extended with, and what db and dbx have
 *
 * UkiPrediction prediction = UnifiedKernelImage.of(image).predict(HashAlgorithm.SHA256);
 * for (SectionMeasurement section : prediction.sections()) {
 *     System.out.println(section.section() + " " + section.content().value().toHex());
 * }
 * Bytes pcr11 = prediction.pcr11(BootPhases.of("enter-initrd:leave-initrd")); // what a key can be sealed to
 * }</pre>
 *
 * <p>A signature does not change the Authenticode digest, except where the file's size is not a multiple of 8: signing pads such a file,
 * and {@link io.github.measuredboot.uefi.image.PeImage#authenticodeDigestOnceSigned} is the digest that it will then have. Signatures are not
 * verified.
 *
 * <p>{@link io.github.measuredboot.refstate.UkiRollout} makes the reference state of the next UKI from its file.
 *
 * <p>Nothing is copied out of a file that is given as {@link io.github.measuredboot.bytes.Bytes}, and a file that is not an image leads
 * to a {@link io.github.measuredboot.bytes.MalformedDataException}. Every type of this package is immutable and safe for use by several
 * threads.
 */
@NullMarked
package io.github.measuredboot.uefi.image;

import org.jspecify.annotations.NullMarked;
