package dev.matrix.tax;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a determination looks things up in.
 *
 * @param turnover the seller's; got where a threshold decides, and once, so that all lines are judged by the same
 */
record Facts(
        RuleSet rules,
        List<TaxRegistration> registrations,
        List<TaxExemption> exemptions,
        Supplier<Turnover> turnover,
        TaxIdProof ids,
        Instant now) {

    Facts {
        registrations = List.copyOf(registrations);
        exemptions = List.copyOf(exemptions);
        turnover = new Once(turnover);
    }

    /** Not thread-safe: a determination runs on one thread. */
    private static final class Once implements Supplier<Turnover> {

        private final Supplier<Turnover> source;
        private @Nullable Turnover seen;

        Once(Supplier<Turnover> source) {
            this.source = source;
        }

        @Override
        public Turnover get() {
            Turnover turnover = seen == null ? source.get() : seen;
            seen = turnover;
            return turnover;
        }
    }
}
