package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An input that cannot be used. */
final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable String input;
    private final @Nullable Fault fault;

    InputException(String reason) {
        super(reason);
        this.reason = reason;
        input = null;
        fault = null;
    }

    /** One of several inputs that is malformed. */
    InputException(String input, MalformedDataException malformed) {
        super(InputFile.called(input) + ": " + malformed.getMessage(), malformed);
        reason = InputFile.called(input) + ": " + malformed.getMessage();
        this.input = input;
        fault = malformed.fault();
    }

    String reason() {
        return reason;
    }

    /** Of several inputs the one that it is about. */
    Optional<String> input() {
        return Optional.ofNullable(input);
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }
}
