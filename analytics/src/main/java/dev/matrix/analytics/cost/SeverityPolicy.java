package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How severities follow from a saving: each level needs its share of the monthly cost and its amount, else the level below it is
 * tried.
 *
 * @param currency of the amounts
 * @param levels the gravest first; what meets none is LOW
 */
public record SeverityPolicy(Currency currency, List<Level> levels) {

    /** @throws InvalidRequestException for a level below another in the list that it outranks, or a negative bound */
    public SeverityPolicy {
        levels = List.copyOf(levels);
        for (int i = 1; i < levels.size(); i++) {
            if (levels.get(i).severity().compareTo(levels.get(i - 1).severity()) >= 0) {
                throw new InvalidRequestException("The levels of a severity policy fall from the gravest one.");
            }
        }
    }

    /**
     * What a severity needs, both of it.
     *
     * @param share of the monthly cost, 0.30 for 30 %
     * @param amount saved a month
     */
    public record Level(Severity severity, BigDecimal share, BigDecimal amount) {}

    /** CRITICAL from 30 % and 1,000 EUR on, HIGH from 15 % and 100, MEDIUM from 5 % and 10, else LOW. */
    public static SeverityPolicy standard() {
        return new SeverityPolicy(
                Currencies.iso().get("EUR"),
                List.of(
                        level(Severity.CRITICAL, "0.30", "1000"),
                        level(Severity.HIGH, "0.15", "100"),
                        level(Severity.MEDIUM, "0.05", "10")));
    }

    private static Level level(Severity severity, String share, String amount) {
        return new Level(severity, new BigDecimal(share), new BigDecimal(amount));
    }

    /**
     * The severity of a saving.
     *
     * @param monthlyCost of the whole bill
     * @param converted the saving in the policy's currency; null where there is no rate: then the share alone decides
     */
    Severity of(Money saving, Money monthlyCost, @Nullable Money converted) {
        return levels.stream()
                .filter(level -> saving.amount().compareTo(monthlyCost.amount().multiply(level.share())) >= 0)
                .filter(level -> converted == null || converted.amount().compareTo(level.amount()) >= 0)
                .map(Level::severity)
                .findFirst()
                .orElse(Severity.LOW);
    }
}
