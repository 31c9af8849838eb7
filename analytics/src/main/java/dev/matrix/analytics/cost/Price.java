package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a quantity costs beyond what is included. Nothing costs nothing in each form. Immutable. */
public sealed interface Price {

    /** The exact price of a quantity, before its line is rounded. */
    BigDecimal of(BigDecimal quantity);

    /** The unit prices and fixed prices that it is made of, for checks of their currency. */
    List<PreciseMoney> parts();

    /** Every unit costs the same. */
    record PerUnit(PreciseMoney unit) implements Price {

        public PerUnit {
            notNegative(unit);
        }

        @Override
        public BigDecimal of(BigDecimal quantity) {
            return quantity.multiply(unit.amount());
        }

        @Override
        public List<PreciseMoney> parts() {
            return List.of(unit);
        }
    }

    /** Each part of the quantity costs what its tier says. */
    record Graduated(List<Tier> tiers) implements Price {

        public Graduated {
            tiers = List.copyOf(tiers);
            rising(tiers.stream().map(Tier::upTo).toList());
        }

        @Override
        public BigDecimal of(BigDecimal quantity) {
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal from = BigDecimal.ZERO;
            for (Tier tier : tiers) {
                if (quantity.compareTo(from) <= 0) {
                    break;
                }
                BigDecimal end = tier.upTo() == null ? quantity : quantity.min(tier.upTo());
                sum = sum.add(tier.price(end.subtract(from)));
                from = end;
            }
            return sum;
        }

        @Override
        public List<PreciseMoney> parts() {
            return tiers.stream().flatMap(tier -> tier.parts().stream()).toList();
        }
    }

    /** The whole quantity costs what the tier of the total says. */
    record Volume(List<Tier> tiers) implements Price {

        public Volume {
            tiers = List.copyOf(tiers);
            rising(tiers.stream().map(Tier::upTo).toList());
        }

        @Override
        public BigDecimal of(BigDecimal quantity) {
            return quantity.signum() == 0
                    ? BigDecimal.ZERO
                    : tiers.get(place(tiers.stream().map(Tier::upTo).toList(), quantity))
                            .price(quantity);
        }

        @Override
        public List<PreciseMoney> parts() {
            return tiers.stream().flatMap(tier -> tier.parts().stream()).toList();
        }
    }

    /** Sold in packages; one that was begun is paid whole. */
    record Packages(BigDecimal size, PreciseMoney each) implements Price {

        public Packages {
            notNegative(each);
            if (size.signum() <= 0) {
                throw new InvalidRequestException("A package's size is above 0; " + size.toPlainString() + " is not.");
            }
        }

        @Override
        public BigDecimal of(BigDecimal quantity) {
            return quantity.divide(size, 0, RoundingMode.CEILING).multiply(each.amount());
        }

        @Override
        public List<PreciseMoney> parts() {
            return List.of(each);
        }
    }

    /** A fixed price by the step that the total falls into. */
    record StairStep(List<Step> steps) implements Price {

        public StairStep {
            steps = List.copyOf(steps);
            rising(steps.stream().map(Step::upTo).toList());
        }

        @Override
        public BigDecimal of(BigDecimal quantity) {
            return quantity.signum() == 0
                    ? BigDecimal.ZERO
                    : steps.get(place(steps.stream().map(Step::upTo).toList(), quantity))
                            .price()
                            .amount();
        }

        @Override
        public List<PreciseMoney> parts() {
            return steps.stream().map(Step::price).toList();
        }
    }

    /**
     * Part of a quantity. The first tier begins with the first unit that isn't included.
     *
     * @param upTo its last unit; null: without an end, as the last tier must be
     * @param unit of each unit in it
     * @param flat charged once as soon as a unit falls into it; null: nothing
     */
    record Tier(
            @Nullable BigDecimal upTo,
            PreciseMoney unit,
            @Nullable PreciseMoney flat) {

        public Tier {
            notNegative(unit);
            if (flat != null) {
                notNegative(flat);
            }
        }

        /** A tier without a flat price. */
        public static Tier upTo(String upTo, PreciseMoney unit) {
            return new Tier(new BigDecimal(upTo), unit, null);
        }

        /** The last tier, without a flat price. */
        public static Tier rest(PreciseMoney unit) {
            return new Tier(null, unit, null);
        }

        BigDecimal price(BigDecimal units) {
            BigDecimal price = units.multiply(unit.amount());
            return flat == null || units.signum() == 0 ? price : price.add(flat.amount());
        }

        List<PreciseMoney> parts() {
            return flat == null ? List.of(unit) : List.of(unit, flat);
        }
    }

    /**
     * A step of fixed price.
     *
     * @param upTo its last unit; null: without an end, as the last step must be
     */
    record Step(@Nullable BigDecimal upTo, PreciseMoney price) {

        public Step {
            notNegative(price);
        }
    }

    private static int place(List<@Nullable BigDecimal> ends, BigDecimal quantity) {
        int place = 0;
        for (BigDecimal end : ends) {
            if (end == null || quantity.compareTo(end) <= 0) {
                return place;
            }
            place++;
        }
        throw new IllegalStateException("The last tier has no end.");
    }

    private static void rising(List<@Nullable BigDecimal> ends) {
        BigDecimal before = BigDecimal.ZERO;
        for (int i = 0; i < ends.size(); i++) {
            BigDecimal end = ends.get(i);
            if ((end == null) != (i == ends.size() - 1) || (end != null && end.compareTo(before) <= 0)) {
                throw new InvalidRequestException(
                        "The ends of tiers rise from above 0, and the last tier has none; tier " + (i + 1) + " ends at "
                                + end + ".");
            }
            before = end == null ? before : end;
        }
        if (ends.isEmpty()) {
            throw new InvalidRequestException("A price by tiers has at least one tier.");
        }
    }

    private static void notNegative(PreciseMoney price) {
        if (price.amount().signum() < 0) {
            throw new InvalidRequestException("A price isn't below 0; " + price + " is.");
        }
    }
}
