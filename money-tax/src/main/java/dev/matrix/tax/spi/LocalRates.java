package dev.matrix.tax.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.tax.TaxType;
import java.math.BigDecimal;
import java.util.List;

/** What a {@link LocalRateProvider} answers. */
public sealed interface LocalRates {

    /** The taxes on top of the state's; none where there are none. */
    record Found(List<LocalRate> rates) implements LocalRates {

        public Found {
            rates = List.copyOf(rates);
        }
    }

    /** It can't tell now. */
    record Unavailable(String why) implements LocalRates {

        public Unavailable {
            requireNonNull(why, "why");
        }
    }

    /**
     * One local tax.
     *
     * @param jurisdiction such as {@code US-NY-NYC}
     * @param fraction how much of the price is taxed, above 0 to 1
     */
    record LocalRate(String jurisdiction, TaxType type, BigDecimal ratePercent, BigDecimal fraction) {

        /** @throws InvalidRequestException if the rate is not above 0 */
        public LocalRate {
            requireNonNull(jurisdiction, "jurisdiction");
            requireNonNull(type, "type");
            if (ratePercent.signum() <= 0 || fraction.signum() <= 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
                throw new InvalidRequestException("A local rate of " + jurisdiction
                        + " is above 0 on a fraction above 0 to 1; leave out what isn't taxed.");
            }
        }
    }
}
