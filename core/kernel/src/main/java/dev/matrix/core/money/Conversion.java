package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** What became of a conversion: a result and its rate, or the reason why there is none. */
public sealed interface Conversion {

    /**
     * The result, for callers who can't go on without one.
     *
     * @throws InvalidRequestException if there is no rate; it names both currencies, the reason and the last known rate
     */
    Converted orThrow();

    /**
     * The amount was converted.
     *
     * @param source what was converted
     * @param result in the target currency
     * @param rate what repeats this conversion for ever: {@link AppliedRate#apply}
     * @param age how fresh the rate was
     */
    record Converted(Money source, Money result, AppliedRate rate, Freshness age) implements Conversion {

        public Converted {
            CurrencyMismatchException.check(rate.from(), source.currency());
            CurrencyMismatchException.check(rate.to(), result.currency());
            requireNonNull(age, "age");
        }

        @Override
        public Converted orThrow() {
            return this;
        }
    }

    /**
     * There is no rate to use.
     *
     * @param source what was to be converted
     * @param target the currency that was asked for
     * @param reason why not
     * @param lastKnown the rate that is too old to use; null if none was ever seen
     */
    record NoRate(
            Money source,
            Currency target,
            Reason reason,
            @Nullable AppliedRate lastKnown) implements Conversion {

        /** Why there is no rate. */
        public enum Reason {
            /** Neither the Matrix nor ISO 4217 knows one of the currencies, and no source has it. */
            UNKNOWN_CURRENCY,
            /** Both are known, but nothing leads from one to the other at that point. */
            NO_RATE,
            /** The rate is older than its class allows. */
            STALE,
            /** The rates of a path were observed too far apart to be multiplied. */
            LEGS_APART
        }

        public NoRate {
            requireNonNull(source, "source");
            requireNonNull(target, "target");
            requireNonNull(reason, "reason");
        }

        @Override
        public Converted orThrow() {
            String known = lastKnown == null
                    ? "none is known"
                    : "the last known is " + lastKnown.rate() + " of " + lastKnown.observedOn();
            throw new InvalidRequestException(
                    "No rate from " + source.currency().code() + " to " + target.code() + " (" + reason + "): " + known
                            + ". Add a source or a manual rate, or ask for another point.");
        }
    }
}
