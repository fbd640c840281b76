package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.FieldValue;
import java.util.Optional;

/**
 * A system integrity (application control) policy ({@code SIPAEVENT_SI_POLICY_PAYLOAD}).
 *
 * @param policyName the name, such as {@code SiPolicy.p7b}
 * @param digest the digest of the policy
 */
public record SiPolicy(String policyName, Bytes digest) {
    static Optional<SiPolicy> of(FieldValue value) {
        return value instanceof FieldValue.Structure policy
                        && policy.field("policyName").orElse(null) instanceof FieldValue.Text name
                        && policy.field("digest").orElse(null) instanceof FieldValue.Binary digest
                ? Optional.of(new SiPolicy(name.text(), digest.bytes()))
                : Optional.empty();
    }
}
