package io.github.measuredboot.internal.text;

/** The part of a distinguished name that a person knows the certificate by. */
public final class CommonName {
    private static final String COMMON_NAME = "CN=";

    private CommonName() {}

    /** {@return the common name of a subject, or all of it if it has none} */
    public static String of(String subject) {
        int start = subject.startsWith(COMMON_NAME) ? 0 : subject.indexOf("," + COMMON_NAME) + 1;
        if (!subject.startsWith(COMMON_NAME, start)) {
            return subject;
        }
        int end = start + COMMON_NAME.length();
        while (end < subject.length() && subject.charAt(end) != ',') {
            end += subject.charAt(end) == '\\' ? 2 : 1;
        }
        String name = subject.substring(start + COMMON_NAME.length(), Math.min(end, subject.length()));
        return name.isBlank() ? subject : name;
    }
}
