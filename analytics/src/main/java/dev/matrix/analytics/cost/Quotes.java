package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What plans would charge for months that a caller describes. */
final class Quotes {

    private static final int MOST_MONTHS = 36;
    private static final int MOST_DECIMALS = 9;
    private static final BigDecimal MOST = BigDecimal.TEN.pow(18);

    private Quotes() {}

    static List<List<RatedBill>> of(
            @Nullable PlanCatalog catalog,
            Owner owner,
            Instant now,
            List<String> planIds,
            List<Map<String, BigDecimal>> months) {
        if (months.isEmpty() || months.size() > MOST_MONTHS) {
            throw new InvalidRequestException("A quote is for 1 to " + MOST_MONTHS + " months.");
        }
        months.forEach(month -> month.forEach(Quotes::check));
        Map<String, Plan> plans = catalog == null ? Map.of() : Plan.byId(catalog.plans(owner, now));
        List<List<RatedBill>> quotes = new ArrayList<>();
        for (String id : planIds) {
            Plan plan = plans.get(id);
            if (plan == null) {
                throw new InvalidRequestException("There is no plan \"" + id + "\".");
            }
            List<RatedBill> bills = new ArrayList<>();
            Window any = new Window(now, now.plusSeconds(1));
            for (int i = 0; i < months.size(); i++) {
                bills.add(Rating.rate(plan, new PeriodUsage(any, i, months.get(i))));
            }
            quotes.add(bills);
        }
        return quotes;
    }

    /** The digits are counted before any arithmetic, which would be slow with very many. */
    private static void check(String meter, BigDecimal quantity) {
        long digits = (long) quantity.precision() - quantity.scale();
        boolean small = quantity.signum() == 0 || digits <= MOST.precision();
        if (!small || quantity.scale() > MOST_DECIMALS || quantity.signum() < 0 || quantity.compareTo(MOST) >= 0) {
            throw new InvalidRequestException("A quantity is 0 or more, below 10^18 and of at most " + MOST_DECIMALS
                    + " decimals; that of meter " + meter + " is not.");
        }
    }
}
