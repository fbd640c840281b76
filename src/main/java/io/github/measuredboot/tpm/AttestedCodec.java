package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.Set;

/** TPMU_ATTEST in bytes. */
final class AttestedCodec {
    private static final Set<Integer> TYPES = Set.of(
            Attested.Quote.TYPE,
            Attested.Certify.TYPE,
            Attested.Creation.TYPE,
            Attested.Nv.TYPE,
            Attested.NvDigest.TYPE,
            Attested.Time.TYPE,
            Attested.CommandAudit.TYPE,
            Attested.SessionAudit.TYPE);

    private AttestedCodec() {}

    static boolean isType(int type) {
        return TYPES.contains(type);
    }

    static Attested read(int type, ByteCursor cursor) throws MalformedDataException {
        return switch (type) {
            case Attested.Quote.TYPE ->
                new Attested.Quote(
                        Attest.BankSelection.readAll(cursor, "attested.quote.pcrSelect"),
                        digest(cursor, "attested.quote.pcrDigest"));
            case Attested.Certify.TYPE ->
                new Attested.Certify(
                        name(cursor, "attested.certify.name"), name(cursor, "attested.certify.qualifiedName"));
            case Attested.Creation.TYPE ->
                new Attested.Creation(
                        name(cursor, "attested.creation.objectName"), digest(cursor, "attested.creation.creationHash"));
            case Attested.Nv.TYPE ->
                new Attested.Nv(
                        name(cursor, "attested.nv.indexName"),
                        cursor.u16be("attested.nv.offset"),
                        Sized.read(cursor, "attested.nv.nvContents", Attested.Nv.MAX_CONTENTS));
            case Attested.NvDigest.TYPE ->
                new Attested.NvDigest(
                        name(cursor, "attested.nvDigest.indexName"), digest(cursor, "attested.nvDigest.nvDigest"));
            case Attested.Time.TYPE ->
                new Attested.Time(
                        cursor.u64be("attested.time.time.time"),
                        Attest.ClockInfo.read(cursor, "attested.time.time.clockInfo"),
                        cursor.u64be("attested.time.firmwareVersion"));
            case Attested.CommandAudit.TYPE ->
                new Attested.CommandAudit(
                        cursor.u64be("attested.commandAudit.auditCounter"),
                        cursor.u16be("attested.commandAudit.digestAlg"),
                        digest(cursor, "attested.commandAudit.auditDigest"),
                        digest(cursor, "attested.commandAudit.commandDigest"));
            case Attested.SessionAudit.TYPE ->
                new Attested.SessionAudit(
                        Sized.readYesNo(cursor, "attested.sessionAudit.exclusiveSession"),
                        digest(cursor, "attested.sessionAudit.sessionDigest"));
            default -> throw cursor.fault("type", String.format("0x%04x is not a type of attestation", type));
        };
    }

    private static Bytes name(ByteCursor cursor, String field) throws MalformedDataException {
        return Sized.read(cursor, field, Sized.MAX_NAME);
    }

    private static Bytes digest(ByteCursor cursor, String field) throws MalformedDataException {
        return Sized.read(cursor, field, Sized.MAX_DIGEST);
    }

    static void write(ByteWriter writer, Attested attested) {
        if (attested instanceof Attested.Quote quote) {
            Attest.BankSelection.writeAll(writer, quote.pcrSelect());
            Sized.write(writer, quote.pcrDigest());
        } else if (attested instanceof Attested.Certify certify) {
            Sized.write(writer, certify.name());
            Sized.write(writer, certify.qualifiedName());
        } else if (attested instanceof Attested.Creation creation) {
            Sized.write(writer, creation.objectName());
            Sized.write(writer, creation.creationHash());
        } else if (attested instanceof Attested.Nv nv) {
            Sized.write(writer, nv.indexName());
            writer.u16be(nv.offset());
            Sized.write(writer, nv.nvContents());
        } else if (attested instanceof Attested.NvDigest nvDigest) {
            Sized.write(writer, nvDigest.indexName());
            Sized.write(writer, nvDigest.nvDigest());
        } else if (attested instanceof Attested.Time time) {
            writer.u64be(time.time());
            time.clockInfo().write(writer);
            writer.u64be(time.firmwareVersion());
        } else if (attested instanceof Attested.CommandAudit audit) {
            writer.u64be(audit.auditCounter()).u16be(audit.digestAlg());
            Sized.write(writer, audit.auditDigest());
            Sized.write(writer, audit.commandDigest());
        } else if (attested instanceof Attested.SessionAudit audit) {
            writer.u8(audit.exclusiveSession() ? 1 : 0);
            Sized.write(writer, audit.sessionDigest());
        }
    }
}
