package io.github.measuredboot.cli;

import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a statement is about: the same names and values for a person and for a program. */
final class AttestedText {
    private AttestedText() {}

    private record Type(String id, String title) {}

    static String id(Attested attested) {
        return type(attested).id;
    }

    static String title(Attested attested) {
        return type(attested).title;
    }

    private static Type type(Attested attested) {
        return switch (attested.type()) {
            case Attested.Quote.TYPE -> new Type("quote", "a quote over PCRs");
            case Attested.Certify.TYPE -> new Type("certify", "that a key is in its TPM");
            case Attested.Creation.TYPE -> new Type("creation", "how its TPM made a key");
            case Attested.Nv.TYPE -> new Type("nv", "the content of an NV index");
            case Attested.NvDigest.TYPE -> new Type("nv-digest", "the digest of an NV index");
            case Attested.Time.TYPE -> new Type("time", "the time of its TPM");
            case Attested.CommandAudit.TYPE -> new Type("command-audit", "an audit of commands");
            default -> new Type("session-audit", "the audit of a session");
        };
    }

    static Map<String, String> members(Attested attested) {
        Map<String, String> members = new LinkedHashMap<>();
        if (attested instanceof Attested.Quote quote) {
            members.put(
                    "pcrs",
                    quote.pcrSelect().stream().map(AttestedText::selection).collect(Collectors.joining("+")));
            members.put("pcrDigest", quote.pcrDigest().toHex());
        } else if (attested instanceof Attested.Certify certify) {
            members.put("name", certify.name().toHex());
            members.put("qualifiedName", certify.qualifiedName().toHex());
        } else if (attested instanceof Attested.Creation creation) {
            members.put("objectName", creation.objectName().toHex());
            members.put("creationHash", creation.creationHash().toHex());
        } else if (attested instanceof Attested.Nv nv) {
            members.put("indexName", nv.indexName().toHex());
            members.put("offset", String.valueOf(nv.offset()));
            members.put("contents", nv.nvContents().toHex());
        } else if (attested instanceof Attested.NvDigest nv) {
            members.put("indexName", nv.indexName().toHex());
            members.put("digest", nv.nvDigest().toHex());
        } else if (attested instanceof Attested.Time time) {
            members.put("time", Long.toUnsignedString(time.time()));
            members.put("clock", Long.toUnsignedString(time.clockInfo().clock()));
        } else if (attested instanceof Attested.CommandAudit audit) {
            members.put("auditCounter", Long.toUnsignedString(audit.auditCounter()));
            members.put("digestAlgorithm", algorithm(audit.digestAlg()));
            members.put("auditDigest", audit.auditDigest().toHex());
            members.put("commandDigest", audit.commandDigest().toHex());
        } else if (attested instanceof Attested.SessionAudit audit) {
            members.put("exclusiveSession", audit.exclusiveSession() ? "yes" : "no");
            members.put("sessionDigest", audit.sessionDigest().toHex());
        }
        return members;
    }

    private static String selection(Attest.BankSelection bank) {
        return algorithm(bank.hash()) + ":"
                + bank.pcrs().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String algorithm(int id) {
        return HashAlgorithm.byId(id).map(HashAlgorithm::name).orElseGet(() -> String.format("0x%04x", id));
    }
}
