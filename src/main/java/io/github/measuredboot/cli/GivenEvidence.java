package io.github.measuredboot.cli;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.Optional;
import java.util.Set;

/** What logs are compared with, and the log that goes on after them: read once, whatever the number of logs. */
record GivenEvidence(Optional<UserspaceLog> userspaceLog, Optional<PcrValues> values, Optional<GivenQuote> quote) {
    record GivenQuote(Quote quote, KeyIdentity signer, Nonce nonce, Set<QuoteFinding> tolerated) {}

    /** Whether logs are compared with nothing. */
    boolean isEmpty() {
        return values.isEmpty() && quote.isEmpty();
    }

    static Replay replay(EventLog log, Optional<UserspaceLog> userspaceLog) {
        return userspaceLog.map(after -> Replay.of(log, after)).orElseGet(() -> Replay.of(log));
    }

    ReplayedLog evaluate(EventLog log) throws QuoteRefusedException {
        return evaluate(log, Optional.empty());
    }

    ReplayedLog evaluate(EventLog log, Optional<PcrSelection> pcrs) throws QuoteRefusedException {
        Evidence evidence = Evidence.of(replay(log, userspaceLog));
        evidence = values.map(evidence::withValues).orElse(evidence);
        evidence = pcrs.map(evidence::forPcrs).orElse(evidence);
        if (quote.isPresent()) {
            GivenQuote given = quote.get();
            evidence =
                    evidence.withQuote(given.quote, given.signer, given.nonce).tolerating(given.tolerated);
        }
        return evidence.evaluate();
    }
}
