package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A signature database as it is found in files: plain ({@code .esl}), after the 4 bytes of attributes that efivarfs puts in front, or
 * after an EFI_VARIABLE_AUTHENTICATION_2 ({@code .auth}).
 *
 * @param form which of the three
 * @param attributes the attributes of the variable, for {@link Form#EFIVARFS} only
 * @param authentication the signature over the database, not verified, for {@link Form#AUTH} only
 * @param database the lists
 */
public record SignatureDatabaseFile(
        Form form,
        OptionalLong attributes,
        Optional<VariableAuthentication2> authentication,
        SignatureDatabase database) {
    /** The form of a file. */
    public enum Form {
        /** The lists and nothing else. */
        ESL("esl"),
        /** A file of efivarfs. */
        EFIVARFS("efivarfs"),
        /** A signed update. */
        AUTH("auth");

        private final String id;

        Form(String id) {
            this.id = id;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }

    private static final int WIN_CERTIFICATE_REVISION = EfiTime.SIZE + Integer.BYTES;
    private static final long MAX_ATTRIBUTES = 0xff;

    /** {@return the same as {@link #decode(Bytes)} of these bytes, which are not copied} */
    public static SignatureDatabaseFile decode(byte[] bytes) throws MalformedDataException {
        return decode(Bytes.wrap(bytes));
    }

    /**
     * Detects the form and decodes the lists.
     *
     * @param file the content of the file
     * @return the database
     * @throws MalformedDataException if the file is empty, or is not what its beginning promises
     */
    public static SignatureDatabaseFile decode(Bytes file) throws MalformedDataException {
        try {
            return read(file);
        } catch (MalformedDataException e) {
            throw InputFormat.explained(e, "EFI_SIGNATURE_LIST", file);
        }
    }

    private static SignatureDatabaseFile read(Bytes file) throws MalformedDataException {
        if (file.isEmpty()) {
            throw new MalformedDataException(new Fault(0, "EFI_SIGNATURE_LIST", "SignatureType", "the file is empty"));
        }
        if (isAuthenticated(file)) {
            VariableAuthentication2 authentication = VariableAuthentication2.decode(file, 0);
            Bytes content = authentication.content();
            return new SignatureDatabaseFile(
                    Form.AUTH,
                    OptionalLong.empty(),
                    Optional.of(authentication),
                    SignatureDatabase.decode(content, file.length() - content.length()));
        }
        if (file.length() >= Integer.BYTES && file.u32(0) <= MAX_ATTRIBUTES) {
            return new SignatureDatabaseFile(
                    Form.EFIVARFS,
                    OptionalLong.of(file.u32(0)),
                    Optional.empty(),
                    SignatureDatabase.decode(file.from(Integer.BYTES), Integer.BYTES));
        }
        return new SignatureDatabaseFile(
                Form.ESL, OptionalLong.empty(), Optional.empty(), SignatureDatabase.decode(file, 0));
    }

    /** {@return where the lists begin in the file} */
    public long databaseOffset() {
        return switch (form) {
            case ESL -> 0;
            case EFIVARFS -> Integer.BYTES;
            case AUTH ->
                authentication
                        .map(header -> VariableAuthentication2.HEADER_SIZE
                                + (long) header.certData().length())
                        .orElse(0L);
        };
    }

    private static boolean isAuthenticated(Bytes file) {
        return file.length() >= VariableAuthentication2.HEADER_SIZE
                && file.u16(WIN_CERTIFICATE_REVISION) == VariableAuthentication2.REVISION
                && file.u16(WIN_CERTIFICATE_REVISION + Short.BYTES) == VariableAuthentication2.WIN_CERT_TYPE_EFI_GUID;
    }
}
