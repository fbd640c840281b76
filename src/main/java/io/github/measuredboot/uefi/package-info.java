/**
 * The structures of UEFI and of the TCG PC Client Platform Firmware Profile that a measured boot leaves behind: variables and what they
 * hold, signature databases, load options, GPT, image load events, handoff tables, firmware blobs.
 *
 * <p>A structure has {@code decode(data, offset)}, which decodes all of {@code data}, and {@code encode()}, which gives the same bytes
 * back. The {@code offset} is where the data begin in the whole input, and is used only for the {@link
 * io.github.measuredboot.bytes.Fault} of the exception.
 *
 * <pre>{@code
 * SignatureDatabase db = new SignatureDatabase(List.of(SignatureList.of(
 *         SignatureType.SHA256,
 *         new SignatureData(Guid.of("77fa9abd-0359-4d32-bd60-28f4e78f784b"), Bytes.parseHex("ab".repeat(32))))));
 * SignatureDatabase same = SignatureDatabase.decode(db.encode(), 0);
 * for (SignatureList list : same.lists()) {
 *     for (SignatureData entry : list.signatures()) {
 *         System.out.println(list.type() + " " + entry.signatureOwner() + " " + entry.signature().toHex());
 *     }
 * }
 * }</pre>
 *
 * <p>{@link io.github.measuredboot.uefi.KnownVariable} lists the variables that are measured, with the structure of their content. {@link
 * io.github.measuredboot.uefi.SignatureDatabaseFile} reads a signature database from a file in any of the usual forms: {@code .esl},
 * {@code .auth} or efivarfs.
 *
 * <p>Integers are unsigned: 32 bits come as a {@code long}, and 64 bits as a {@code long} that is negative from 2<sup>63</sup> on.
 * Decoding throws {@link io.github.measuredboot.bytes.MalformedDataException} and nothing else. A certificate that cannot be read is kept with its
 * fault: {@link io.github.measuredboot.uefi.Certificate}.
 *
 * <p>What is decoded is what somebody wrote down. {@link io.github.measuredboot.replay.VerifiedEvent} says whether a PCR covers it.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.uefi;

import org.jspecify.annotations.NullMarked;
