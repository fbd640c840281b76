package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.AuditTrail;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.NvReading;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestVerifier;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies a signed report. One key must have signed all statements. They must have been made one after the other in one
 * session of the TPM in which nothing else was executed, and that session must be bound to the report. The log must give the
 * quoted PCRs.
 */
public final class SystemdReportVerifier {
    private static final long TPM2_QUOTE = 0x158;
    private static final long TPM2_NV_CERTIFY = 0x184;
    private static final int SCHEME_NULL = 0x0010;
    private static final List<HashAlgorithm> HASHES =
            List.of(HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);

    private final SystemdReport report;
    private final KeyIdentity signer;
    private AuditTrail trail = AuditTrail.of(HashAlgorithm.SHA256);
    private Optional<VerifiedAttest<?>> last = Optional.empty();
    private final List<NvReading> readings = new ArrayList<>();

    private SystemdReportVerifier(SystemdReport report, KeyIdentity signer) {
        this.report = report;
        this.signer = signer;
    }

    /**
     * Verifies a report.
     *
     * @param report the report
     * @param signer the key that must have signed it, and who vouches for it
     * @return the report with the log, whose quoted PCRs are proved, and the NvPCRs
     * @throws AttestationRefusedException if the report is signed by another key, or the audit does not cover exactly these
     *     statements in this order and this report
     * @throws QuoteRefusedException if a statement cannot be verified, two statements are not of one boot, or the log does not
     *     give the quoted values
     * @throws MalformedDataException if the log is not one that can be replayed
     */
    public static VerifiedSystemdReport verify(SystemdReport report, KeyIdentity signer)
            throws AttestationRefusedException, QuoteRefusedException, MalformedDataException {
        return new SystemdReportVerifier(report, signer).verify();
    }

    private VerifiedSystemdReport verify()
            throws AttestationRefusedException, QuoteRefusedException, MalformedDataException {
        if (signer.key().publicArea().isEmpty()
                || !signer.key().publicArea().equals(report.key().publicArea())) {
            throw refused(AttestationRefusal.KEY_DIFFERS, "the report names another key than the one expected");
        }
        List<SystemdReport.Component> components = report.components();
        if (components.size() < 2
                || !(components.get(0) instanceof SystemdReport.Pcrs pcrs)
                || !(components.get(components.size() - 1) instanceof SystemdReport.SessionAudit audit)) {
            throw refused(
                    AttestationRefusal.INCOMPLETE, "the report does not begin with a quote and end with an audit");
        }
        trail = AuditTrail.of(sessionHash(audit));
        addQuote(pcrs);
        Set<String> names = new HashSet<>();
        for (SystemdReport.Component component : components.subList(1, components.size() - 1)) {
            if (!(component instanceof SystemdReport.NvPcr nvPcr) || !names.add(nvPcr.name())) {
                throw refused(AttestationRefusal.INCOMPLETE, "a part of the report is at a wrong place or there twice");
            }
            addNvPcr(nvPcr);
        }
        requireAudit(audit);
        requireConsecutiveRecords();
        ReplayedLog replayed = replay(pcrs);
        return new VerifiedSystemdReport(report, signer, replayed, nvPcrs(replayed));
    }

    /** The session has one hash algorithm, by the size of its digests. */
    private static HashAlgorithm sessionHash(SystemdReport.SessionAudit audit) throws AttestationRefusedException {
        if (!(audit.attest().attested() instanceof Attested.SessionAudit session)) {
            throw refused(AttestationRefusal.INCOMPLETE, "the last part of the report is not an audit");
        }
        return HASHES.stream()
                .filter(hash -> hash.digestSize() == session.sessionDigest().length())
                .findFirst()
                .orElseThrow(() -> refused(AttestationRefusal.AUDIT_DIFFERS, "the audit has no digest of a good hash"));
    }

    private <T extends Attested> VerifiedAttest<T> verify(SystemdReport.Component component, Class<T> type, Nonce nonce)
            throws QuoteRefusedException {
        VerifiedAttest<T> verified =
                AttestVerifier.verify(component.attest(), component.signature(), type, signer.key(), nonce);
        if (last.isPresent()) {
            verified.requireSameBootAs(last.get());
        }
        last = Optional.of(verified);
        return verified;
    }

    private void addQuote(SystemdReport.Pcrs pcrs) throws AttestationRefusedException, QuoteRefusedException {
        VerifiedAttest<Attested.Quote> quote = verify(pcrs, Attested.Quote.class, Nonce.insecureUnchecked());
        Bytes extraData = quote.attest().extraData();
        ByteWriter parameters = new ByteWriter();
        writeSized(parameters, extraData);
        parameters.u16be(SCHEME_NULL).u32be(quote.attested().pcrSelect().size());
        for (Attest.BankSelection bank : quote.attested().pcrSelect()) {
            parameters.u16be(bank.hash()).u8(bank.pcrSelect().length()).bytes(bank.pcrSelect());
        }
        addCommand(TPM2_QUOTE, List.of(keyName()), parameters.toBytes(), pcrs);
    }

    private void addNvPcr(SystemdReport.NvPcr nvPcr) throws AttestationRefusedException, QuoteRefusedException {
        Bytes expected = hashed(hashOf(nvPcr.attest().extraData()), nvPcr.authenticatedData());
        VerifiedAttest<Attested.Nv> statement = verify(nvPcr, Attested.Nv.class, Nonce.of(expected));
        if (!AuthenticatedData.name(nvPcr.authenticatedData()).equals(Optional.of(nvPcr.name()))) {
            throw refused(AttestationRefusal.NAME_DIFFERS, "the TPM has not signed the name " + nvPcr.name());
        }
        NvReading reading = NvReading.of(statement, nvPcr.index());
        if (!nvPcr.index().isExtend()) {
            throw refused(AttestationRefusal.INDEX_DIFFERS, "the index of " + nvPcr.name() + " is not extended only");
        }
        readings.add(reading);
        Bytes indexName = statement.attested().indexName();
        ByteWriter parameters = new ByteWriter();
        writeSized(parameters, statement.attest().extraData());
        parameters.u16be(SCHEME_NULL).u16be(reading.contents().length()).u16be(0);
        addCommand(TPM2_NV_CERTIFY, List.of(keyName(), indexName, indexName), parameters.toBytes(), nvPcr);
    }

    private void addCommand(long code, List<Bytes> names, Bytes parameters, SystemdReport.Component component) {
        ByteWriter response = new ByteWriter();
        writeSized(response, component.attest().encode());
        response.bytes(component.signature().encode());
        trail = trail.command(code, names, parameters, response.toBytes());
    }

    private void requireAudit(SystemdReport.SessionAudit component)
            throws AttestationRefusedException, QuoteRefusedException {
        VerifiedAttest<Attested.SessionAudit> audit = verify(
                component,
                Attested.SessionAudit.class,
                Nonce.of(hashed(hashOf(component.attest().extraData()), report.report())));
        if (!audit.attested().exclusiveSession()) {
            throw refused(AttestationRefusal.AUDIT_DIFFERS, "other commands were executed during the session");
        }
        if (!audit.attested().sessionDigest().equals(trail.digest())) {
            throw refused(AttestationRefusal.AUDIT_DIFFERS, "the TPM audited other commands than those of the report");
        }
    }

    private void requireConsecutiveRecords() throws AttestationRefusedException {
        long expected = 1;
        for (CelRecord record : report.eventLog().records()) {
            if (record.recnum().orElse(-1) != expected) {
                throw refused(AttestationRefusal.INCOMPLETE, "the record " + expected + " of the log is missing");
            }
            expected++;
        }
    }

    /** The startup locality is not in this form of a log; the quote shows which one it was. */
    private ReplayedLog replay(SystemdReport.Pcrs pcrs) throws QuoteRefusedException, MalformedDataException {
        QuoteRefusedException first = null;
        for (int locality : new int[] {0, 3, 4}) {
            try {
                return Evidence.of(Replay.of(
                                report.eventLog().firmwareLog(locality),
                                report.eventLog().userspaceLog()))
                        .withQuote(new Quote.Tpm20(pcrs.attest(), pcrs.signature()), signer, Nonce.insecureUnchecked())
                        .tolerating(Set.<QuoteFinding>of())
                        .evaluate();
            } catch (QuoteRefusedException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private List<NvPcrValue> nvPcrs(ReplayedLog replayed) {
        Optional<HashAlgorithm> bank = replayed.quoted().orElseThrow().values().banks().stream()
                .map(PcrBank::algorithm)
                .filter(algorithm -> replayed.isProved(algorithm, 9))
                .findFirst();
        NvPcrReplay replay = new NvPcrReplay(report.eventLog().records(), bank);
        List<NvPcrValue> values = new ArrayList<>();
        for (NvReading reading : readings) {
            String name = ((SystemdReport.NvPcr) report.components().get(1 + values.size())).name();
            values.add(replay.value(name, reading));
        }
        return values;
    }

    private Bytes keyName() throws AttestationRefusedException {
        return signer.key()
                .name()
                .orElseThrow(() -> refused(AttestationRefusal.NOT_SUPPORTED, "the key's name cannot be computed"));
    }

    /** Qualifying data is the id of a hash algorithm and a hash; the id is used if the algorithm is good enough. */
    private static HashAlgorithm hashOf(Bytes extraData) {
        int id = extraData.length() < Short.BYTES ? 0 : extraData.u8(0) << Byte.SIZE | extraData.u8(1);
        return HASHES.stream().filter(hash -> hash.id() == id).findFirst().orElse(HashAlgorithm.SHA256);
    }

    private static Bytes hashed(HashAlgorithm algorithm, Bytes content) {
        return new ByteWriter()
                .u16be(algorithm.id())
                .bytes(algorithm.hash(content).orElseThrow())
                .toBytes();
    }

    private static void writeSized(ByteWriter writer, Bytes value) {
        writer.u16be(value.length()).bytes(value);
    }

    private static AttestationRefusedException refused(AttestationRefusal reason, String message) {
        return new AttestationRefusedException(reason, message);
    }
}
