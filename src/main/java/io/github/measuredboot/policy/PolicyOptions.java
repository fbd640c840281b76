package io.github.measuredboot.policy;

/**
 * What a {@link UkiPolicy} takes from a reference state beyond what every state has.
 *
 * @param requireSecureBoot whether SecureBoot must be measured as enabled
 * @param pinKernel whether the kernel that the UKI starts must be the pinned one; if the state pins none, any second image is
 *     refused
 * @param pinSections whether the sections of the UKI must be those of the state, in PCR 11
 * @param pinUserspace whether the userspace log must hold just the digests of the state
 * @param tolerateVendorEvents whether events of vendors' types behind the separator of PCR 1, 2, 3, 5 and 6 are findings that
 *     do not reject
 */
public record PolicyOptions(
        boolean requireSecureBoot,
        boolean pinKernel,
        boolean pinSections,
        boolean pinUserspace,
        boolean tolerateVendorEvents) {
    /**
     * Secure Boot is required; what the state holds of kernel and userspace is pinned; sections are not, for the digest of
     * the UKI binds them; vendors' events are tolerated.
     *
     * @param state the reference state
     * @return the options
     */
    public static PolicyOptions defaultsFor(ReferenceState state) {
        return new PolicyOptions(
                true,
                !state.uki().kernel().isEmpty(),
                false,
                !state.userspaceDigests().isEmpty(),
                true);
    }

    /**
     * The same with another choice about the sections of the UKI.
     *
     * @param pinned whether PCR 11 must be reproduced and hold those of the state
     * @return new options
     */
    public PolicyOptions withSectionsPinned(boolean pinned) {
        return new PolicyOptions(requireSecureBoot, pinKernel, pinned, pinUserspace, tolerateVendorEvents);
    }

    /**
     * The same with another choice about the kernel inside the UKI.
     *
     * @param pinned whether it must be that of the state; if the state has none, the UKI must be the last image
     * @return new options
     */
    public PolicyOptions withKernelPinned(boolean pinned) {
        return new PolicyOptions(requireSecureBoot, pinned, pinSections, pinUserspace, tolerateVendorEvents);
    }

    /**
     * The same with another choice about Secure Boot.
     *
     * @param required whether it must be enabled
     * @return new options
     */
    public PolicyOptions withSecureBootRequired(boolean required) {
        return new PolicyOptions(required, pinKernel, pinSections, pinUserspace, tolerateVendorEvents);
    }
}
