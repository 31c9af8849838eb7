package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plan of the catalogue, net of tax. Immutable; starts as {@link #monthly} or {@link #yearly} and is narrowed by the withers.
 *
 * @param id as {@code SubscriptionItem.plan} has it
 * @param baseFee of one interval; a month of an interval of n months costs one nth, split without losing a cent
 * @param interval whole months or years
 * @param charges one per meter; use of a meter that isn't among them has no price, which is not the price 0
 * @param minimumSpend what a month costs at least
 * @param features what it offers, for hosts that say which ones a customer needs
 * @param open whether it may be chosen now
 */
public record Plan(
        String id,
        Currency currency,
        Money baseFee,
        BillingInterval interval,
        List<Charge> charges,
        Money minimumSpend,
        Set<String> features,
        boolean open) {

    private static final int MOST_CHARGES = 200;
    private static final int MONTHS_OF_A_YEAR = 12;

    /** @throws InvalidRequestException for two charges of one meter, mixed currencies, amounts below 0 or an interval of days */
    public Plan {
        charges = List.copyOf(charges);
        features = Set.copyOf(features);
        require(!id.isBlank(), id, "has an id");
        require(charges.size() <= MOST_CHARGES, id, "has at most " + MOST_CHARGES + " charges");
        require(
                charges.stream().map(Charge::meter).distinct().count() == charges.size(),
                id,
                "has one charge per meter");
        require(baseFee.signum() >= 0 && minimumSpend.signum() >= 0, id, "has no amount below 0");
        require(
                interval.unit() == BillingInterval.Unit.MONTH || interval.unit() == BillingInterval.Unit.YEAR,
                id,
                "has an interval of whole months or years");
        require(
                baseFee.currency().equals(currency)
                        && minimumSpend.currency().equals(currency)
                        && charges.stream()
                                .flatMap(charge -> charge.price().parts().stream())
                                .allMatch(part -> part.currency().equals(currency)),
                id,
                "has prices of one currency, " + currency.code());
    }

    private static void require(boolean met, String id, String what) {
        if (!met) {
            throw new InvalidRequestException("A plan " + what + "; plan \"" + id + "\" doesn't fit.");
        }
    }

    /** An open plan of one month without charges, minimum and features. */
    public static Plan monthly(String id, Money baseFee) {
        return of(id, baseFee, BillingInterval.monthly());
    }

    /** An open plan of one year without charges, minimum and features. */
    public static Plan yearly(String id, Money baseFee) {
        return of(id, baseFee, BillingInterval.yearly());
    }

    private static Plan of(String id, Money baseFee, BillingInterval interval) {
        Currency currency = baseFee.currency();
        return new Plan(id, currency, baseFee, interval, List.of(), Money.zero(currency), Set.of(), true);
    }

    /** This plan with these charges. */
    public Plan charging(Charge... each) {
        return new Plan(id, currency, baseFee, interval, List.of(each), minimumSpend, features, open);
    }

    /** This plan with a least bill. */
    public Plan atLeast(Money minimum) {
        return new Plan(id, currency, baseFee, interval, charges, minimum, features, open);
    }

    /** This plan with these features. */
    public Plan offering(String... what) {
        return new Plan(id, currency, baseFee, interval, charges, minimumSpend, Set.of(what), open);
    }

    /** This plan, kept by those who have it and closed to all others. */
    public Plan closed() {
        return new Plan(id, currency, baseFee, interval, charges, minimumSpend, features, false);
    }

    /** How many months its base fee is for. */
    int months() {
        return interval.count() * (interval.unit() == BillingInterval.Unit.YEAR ? MONTHS_OF_A_YEAR : 1);
    }

    /** The base fee of the nth month, so that the months of an interval add up to it. */
    Money feeOf(long month) {
        int months = months();
        return months == 1 ? baseFee : baseFee.split(months).get((int) Math.floorMod(month, (long) months));
    }

    /** Plans by id; of an id that is given twice none is kept, as nobody can say which one is meant. */
    static Map<String, Plan> byId(List<Plan> plans) {
        Map<String, Plan> byId = new HashMap<>();
        plans.forEach(plan -> byId.put(plan.id(), plan));
        twice(plans).forEach(byId::remove);
        return byId;
    }

    /** The ids that several plans have. */
    static List<String> twice(List<Plan> plans) {
        return plans.stream()
                .map(Plan::id)
                .filter(id ->
                        plans.stream().filter(plan -> plan.id().equals(id)).count() > 1)
                .distinct()
                .sorted()
                .toList();
    }
}
