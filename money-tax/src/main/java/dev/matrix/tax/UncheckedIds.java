package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a business whose tax id can't be checked now. */
public sealed interface UncheckedIds {

    /** Whether such a business is believed. */
    boolean trusts(@Nullable Instant lastValidAt, Instant now);

    /** Tax is charged, and {@link Warning#TAX_ID_PENDING} tells to look again; the default. */
    record ChargeAndRecheck() implements UncheckedIds {

        @Override
        public boolean trusts(@Nullable Instant lastValidAt, Instant now) {
            return false;
        }
    }

    /** Believed if it was found valid within a time. */
    record TrustLastValid(Duration maxAge) implements UncheckedIds {

        /** @throws InvalidRequestException if the age is not above zero */
        public TrustLastValid {
            requireNonNull(maxAge, "maxAge");
            if (maxAge.isNegative() || maxAge.isZero()) {
                throw new InvalidRequestException(
                        "A last valid check may be old by more than zero; " + maxAge + " is not.");
            }
        }

        @Override
        public boolean trusts(@Nullable Instant lastValidAt, Instant now) {
            return lastValidAt != null && !lastValidAt.isBefore(now.minus(maxAge));
        }
    }

    /** Believed by its form and check digits. */
    record TrustChecksum() implements UncheckedIds {

        @Override
        public boolean trusts(@Nullable Instant lastValidAt, Instant now) {
            return true;
        }
    }
}
