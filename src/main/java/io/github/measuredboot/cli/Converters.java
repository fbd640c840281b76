package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class Converters {
    private Converters() {}

    /** One of some values that have ids. */
    abstract static class ById<T> implements ITypeConverter<T> {
        private final List<T> values;
        private final Function<T, String> id;

        ById(List<T> values, Function<T, String> id) {
            this.values = values;
            this.id = id;
        }

        @Override
        public T convert(String text) {
            return values.stream()
                    .filter(value -> id.apply(value).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + values.stream().map(id).collect(Collectors.joining(", "))));
        }
    }

    static final class FileName implements ITypeConverter<Path> {
        @Override
        public Path convert(String name) {
            return FileNames.path(name);
        }
    }

    /** By its name, as it may be written elsewhere: SHA256, sha-256, SHA3-256. */
    static final class Algorithm implements ITypeConverter<HashAlgorithm> {
        @Override
        public HashAlgorithm convert(String name) {
            return byName(name)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + name + "' is not one of " + HashAlgorithm.standard()));
        }

        static Optional<HashAlgorithm> byName(String name) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            return HashAlgorithm.byName(lowerCase)
                    .or(() -> HashAlgorithm.byName(lowerCase.replace("-", "")))
                    .or(() -> HashAlgorithm.byName(lowerCase.replace('-', '_')));
        }
    }

    static final class Pcrs implements ITypeConverter<PcrList> {
        @Override
        public PcrList convert(String list) {
            try {
                return new PcrList(PcrSelection.parsePcrs(list));
            } catch (MalformedDataException e) {
                throw new TypeConversionException(e.fault().reason());
            }
        }
    }

    static final class Hex implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String digits) {
            try {
                return Bytes.parseHex(digits);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + digits + "' is not an even number of hexadecimal digits");
            }
        }
    }

    static final class Selection implements ITypeConverter<PcrSelection> {
        private static final Pattern BANK = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(?=:)");

        @Override
        public PcrSelection convert(String selection) {
            try {
                return PcrSelection.parse(normalized(selection));
            } catch (MalformedDataException e) {
                throw new TypeConversionException(e.fault().reason());
            }
        }

        static String normalized(String selection) {
            return BANK.matcher(selection)
                    .replaceAll(bank -> Algorithm.byName(bank.group())
                            .map(HashAlgorithm::name)
                            .orElse(bank.group()));
        }
    }
}
