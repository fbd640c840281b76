package io.github.measuredboot.json;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.systemd.SystemdReport;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.internal.json.JsonTree;
import io.github.measuredboot.internal.recognition.ByteOrderMark;
import io.github.measuredboot.internal.recognition.InputFormat;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that {@code systemd-report generate --sign} writes, a JSON text sequence (RFC 7464): the report, and signatures over it. The
 * format is experimental, and is read strictly: whatever is not known, or says a thing twice in two ways, is refused.
 */
public final class SystemdReportJson {
    private static final String STRUCTURE = "systemd-report";
    private static final int RECORD_SEPARATOR = 0x1e;
    private static final String REPORT_TYPE = "application/vnd.io.systemd.report";
    private static final String SIGNATURE_TYPE = "application/vnd.io.systemd.report.signature";

    private SystemdReportJson() {}

    /**
     * Reads a report that is signed once, by the mechanism {@code tpm2}.
     *
     * @param file the whole file
     * @return the report, not verified
     * @throws MalformedDataException if it is not such a file, or exceeds {@link ParseLimits#DEFAULT}
     * @throws AttestationRefusedException if it has a signature of another mechanism or a component of another type ({@link
     *     AttestationRefusal#UNKNOWN_PART}), or contradicts itself ({@link AttestationRefusal#CONTRADICTION})
     */
    public static SystemdReport parse(Bytes file) throws MalformedDataException, AttestationRefusedException {
        List<Bytes> records = records(file);
        if (records.size() != 2) {
            throw fault("records", records.size() + " records instead of a report and its signature");
        }
        Bytes report = records.get(0);
        JsonTree.Value content = tree(report, 0);
        if (!content.member("mediaType").string().equals(REPORT_TYPE)) {
            throw content.fault("is not of the media type " + REPORT_TYPE);
        }
        JsonTree.Value signature =
                tree(records.get(1), report.length()).requireOnly("mediaType", "mechanism", "sha256", "data");
        if (!signature.member("mediaType").string().equals(SIGNATURE_TYPE)) {
            throw signature.fault("is not of the media type " + SIGNATURE_TYPE);
        }
        String mechanism = signature.member("mechanism").string();
        if (!mechanism.equals("tpm2")) {
            throw new AttestationRefusedException(
                    AttestationRefusal.UNKNOWN_PART, "signatures of the mechanism " + mechanism + " are not verified");
        }
        Bytes sha256 = HashAlgorithm.SHA256.hash(report).orElseThrow();
        if (!signature.member("sha256").hex().equals(sha256)) {
            throw contradiction("the signature is for another report");
        }
        JsonTree.Value data =
                signature.member("data").requireOnly("eventLog", "publicKey", "publicKeyPEM", "voucher", "components");
        AttestationKey key = Tss2Json.key(data.member("publicKey"));
        Tss2Json.requireSameKey(key, data.member("publicKeyPEM"));
        List<SystemdReport.Component> components = new ArrayList<>();
        for (JsonTree.Value component : data.member("components").elements()) {
            components.add(component(component));
        }
        JsonTree.Value log = data.member("eventLog");
        return new SystemdReport(
                report, key, CanonicalEventLogJson.parse(log.text(), log.offset(), "/data/eventLog"), components);
    }

    /** Each with its separator. */
    private static List<Bytes> records(Bytes report) throws MalformedDataException {
        Bytes file = ByteOrderMark.skip(report);
        if (file.length() > ParseLimits.DEFAULT.maxLogSize()) {
            throw fault("size", "more than " + ParseLimits.DEFAULT.maxLogSize() + " bytes");
        }
        if (file.isEmpty() || file.u8(0) != RECORD_SEPARATOR) {
            throw InputFormat.explained(
                    fault("record", "does not begin with the byte 1e"), STRUCTURE, file, InputFormat.TEXT);
        }
        List<Bytes> records = new ArrayList<>();
        int start = 0;
        for (int at = 1; at <= file.length(); at++) {
            if (at == file.length() || file.u8(at) == RECORD_SEPARATOR) {
                if (file.u8(at - 1) != '\n' || at - start < 3) {
                    throw fault("record", "does not end with a line feed");
                }
                if (records.size() == 2) {
                    throw fault("records", "more than a report and its signature");
                }
                records.add(file.slice(start, at - start));
                start = at;
            }
        }
        return records;
    }

    private static JsonTree.Value tree(Bytes record, int offset) throws MalformedDataException {
        return JsonTree.parse(record.slice(1, record.length() - 2), offset + 1, STRUCTURE);
    }

    private static SystemdReport.Component component(JsonTree.Value value)
            throws MalformedDataException, AttestationRefusedException {
        String type = value.member("type").string();
        Tss2Json.Statement statement = Tss2Json.statement(value);
        switch (type) {
            case "pcr" -> {
                value.requireOnly("type", "attestInfo", "signature", "signaturePEM");
                return new SystemdReport.Pcrs(statement.attest(), statement.signature());
            }
            case "nvpcr" -> {
                value.requireOnly(
                        "type",
                        "nvpcrName",
                        "nvPublic",
                        "authenticatedData",
                        "attestInfo",
                        "signature",
                        "signaturePEM");
                return nvPcr(value, statement);
            }
            case "session-audit" -> {
                value.requireOnly("type", "attestInfo", "signature", "signaturePEM");
                return new SystemdReport.SessionAudit(statement.attest(), statement.signature());
            }
            default ->
                throw new AttestationRefusedException(
                        AttestationRefusal.UNKNOWN_PART, "components of the type " + type + " are not verified");
        }
    }

    private static SystemdReport.NvPcr nvPcr(JsonTree.Value value, Tss2Json.Statement statement)
            throws MalformedDataException, AttestationRefusedException {
        String name = value.member("nvpcrName").string();
        Bytes authenticated = Bytes.encode(value.member("authenticatedData").string(), StandardCharsets.UTF_8);
        JsonTree.Value said = JsonTree.parse(authenticated, "authenticatedData");
        if (!said.member("name").string().equals(name)) {
            throw contradiction("the NvPCR " + name + " has another name in what is signed");
        }
        return new SystemdReport.NvPcr(
                name,
                Tss2Json.nvPublic(value.member("nvPublic")),
                authenticated,
                statement.attest(),
                statement.signature());
    }

    static AttestationRefusedException contradiction(String message) {
        return new AttestationRefusedException(AttestationRefusal.CONTRADICTION, message);
    }

    private static MalformedDataException fault(String field, String reason) {
        return new MalformedDataException(new Fault(0, STRUCTURE, field, reason));
    }
}
