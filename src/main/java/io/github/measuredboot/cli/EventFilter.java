package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for which events are listed, and which of their digests. */
final class EventFilter {
    private static final long MAX_TYPE = 0xffff_ffffL;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            converter = ByNameOrNumber.class,
            description = "Only events of these types, by name or number, such as EV_SEPARATOR or 0x4,0x80000003.")
    private List<EventType> types = new ArrayList<>();

    @Mixin
    private PcrFilter pcrs = new PcrFilter();

    @Mixin
    private BankOption banks = new BankOption();

    boolean isGiven() {
        return !types.isEmpty() || pcrs.isGiven() || banks.isGiven();
    }

    void requireBanksIn(String name, List<HashAlgorithm> available) throws InputException {
        banks.requireIn(name, available);
    }

    boolean includes(Event event) {
        return (types.isEmpty() || types.contains(event.claimedType())) && pcrs.includes(event.pcrIndex());
    }

    boolean includes(HashAlgorithm bank) {
        return banks.includes(bank);
    }

    /** The banks whose digests a line has room for: those that are asked for or, unless all are, the one that other tools show too. */
    List<HashAlgorithm> shown(List<HashAlgorithm> available, boolean all) {
        return banks.isGiven()
                ? available.stream().filter(banks::includes).toList()
                : all
                        ? available
                        : ComparisonText.sha256First(available).stream()
                                .limit(1)
                                .toList();
    }

    static final class ByNameOrNumber implements ITypeConverter<EventType> {
        @Override
        public EventType convert(String type) {
            return EventType.byName(type.toUpperCase(Locale.ROOT))
                    .or(() -> byNumber(type))
                    .orElseThrow(() -> new TypeConversionException("'" + type
                            + "' is neither the name of an event type, as EV_SEPARATOR, nor a number of 32 bits"));
        }

        private static Optional<EventType> byNumber(String number) {
            try {
                long value = Long.decode(number);
                return value >= 0 && value <= MAX_TYPE ? Optional.of(new EventType(value)) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }
}
