package io.github.measuredboot.boot;

/**
 * A variable of the boot manager. The digest of an EV_EFI_VARIABLE_BOOT event covers the content but not the name: which variable this is
 * remains a claim even where the content is covered.
 *
 * @param name the name, such as {@code Boot0001}
 * @param content the content
 * @param <T> the type of the content
 */
public record BootVariable<T>(Claim<String> name, Claim<T> content) {}
