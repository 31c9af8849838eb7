package dev.matrix.analytics.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.Price.Graduated;
import dev.matrix.analytics.cost.Price.Packages;
import dev.matrix.analytics.cost.Price.PerUnit;
import dev.matrix.analytics.cost.Price.StairStep;
import dev.matrix.analytics.cost.Price.Step;
import dev.matrix.analytics.cost.Price.Tier;
import dev.matrix.analytics.cost.Price.Volume;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What plans charge, to the cent. */
class RatingTest {

    private static final Window ANY =
            new Window(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));

    private static PreciseMoney eur(String amount) {
        return PreciseMoney.of(amount, "EUR");
    }

    private static String bill(Plan plan, long month, String quantity) {
        return Rating.rate(plan, new PeriodUsage(ANY, month, Map.of("tokens", new BigDecimal(quantity))))
                .total()
                .amount()
                .toPlainString();
    }

    private static String line(Price price, String included, String quantity) {
        return bill(
                Plan.monthly("p", Money.of("0.00", "EUR")).charging(Charge.of("tokens", included, price)), 0, quantity);
    }

    private static List<Tier> tiers() {
        return List.of(Tier.upTo("10000", eur("0.01")), Tier.upTo("50000", eur("0.008")), Tier.rest(eur("0.005")));
    }

    @Test
    @Tag("CC5")
    @Tag("CO2")
    void graduatedPricesEachPartAndVolumeTheWhole() {
        assertThat(line(new Graduated(tiers()), "0", "60000")).isEqualTo("470.00");
        assertThat(line(new Volume(tiers()), "0", "60000")).isEqualTo("300.00");
        assertThat(line(new Volume(tiers()), "0", "10000")).isEqualTo("100.00");
        assertThat(line(new Volume(tiers()), "0", "10001")).isEqualTo("80.01");
    }

    @Test
    @Tag("CC6")
    void packagesAreBegunWholeUnitPricesExactAndTheLeastBillHolds() {
        Price packages = new Packages(new BigDecimal("1000"), eur("5.00"));
        assertThat(line(packages, "0", "1000")).isEqualTo("5.00");
        assertThat(line(packages, "0", "1001")).isEqualTo("10.00");
        assertThat(line(packages, "0", "0")).isEqualTo("0.00");
        Price unit = new PerUnit(eur("0.0000025"));
        assertThat(line(unit, "0", "1000000")).isEqualTo("2.50");
        Plan least = Plan.monthly("p", Money.of("0.00", "EUR"))
                .charging(Charge.of("tokens", "0", unit))
                .atLeast(Money.of("10.00", "EUR"));
        assertThat(bill(least, 0, "1000000")).isEqualTo("10.00");
    }

    @Test
    @Tag("CC34")
    void aFlatPriceIsChargedOnceAUnitFallsIntoItsTier() {
        Price price = new Graduated(List.of(Tier.upTo("100", eur("0")), new Tier(null, eur("0.03"), eur("5.00"))));
        assertThat(line(price, "0", "100")).isEqualTo("0.00");
        assertThat(line(price, "0", "101")).isEqualTo("5.03");
        assertThat(line(price, "0", "0")).isEqualTo("0.00");
        assertThat(line(price, "50", "150")).isEqualTo("0.00");
        assertThat(line(price, "50", "151")).isEqualTo("5.03");
    }

    @Test
    void aStepHasItsFixedPrice() {
        Price steps = new StairStep(List.of(new Step(new BigDecimal("10"), eur("7.00")), new Step(null, eur("12.00"))));
        assertThat(line(steps, "0", "0")).isEqualTo("0.00");
        assertThat(line(steps, "0", "10")).isEqualTo("7.00");
        assertThat(line(steps, "0", "10.5")).isEqualTo("12.00");
    }

    @Test
    @Tag("CC28")
    void theMonthsOfAYearAddUpToItsFee() {
        Plan even =
                Plan.yearly("y", Money.of("120.00", "EUR")).charging(Charge.of("tokens", "9", new PerUnit(eur("1"))));
        assertThat(IntStream.range(0, 12).mapToObj(month -> bill(even, month, "0")))
                .containsOnly("10.00");
        Plan odd =
                Plan.yearly("y", Money.of("100.00", "EUR")).charging(Charge.of("tokens", "9", new PerUnit(eur("1"))));
        assertThat(IntStream.range(-5, 7)
                        .mapToObj(month -> new BigDecimal(bill(odd, month, "0")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("100.00");
    }

    @Test
    @Tag("CO30")
    void aMeterWithoutAPriceIsNamedAndNotFree() {
        RatedBill bill = Rating.rate(
                Plan.monthly("p", Money.of("5.00", "EUR")),
                new PeriodUsage(ANY, 0, Map.of("tokens", BigDecimal.ONE, "images", BigDecimal.ZERO)));
        assertThat(bill.unpriced()).containsExactly("tokens");
    }

    @Test
    @Tag("CO45")
    void plansThatCantBeRatedAreRefused() {
        refused(() -> new Graduated(List.of(Tier.upTo("10", eur("1")))));
        refused(() -> new Volume(List.of(Tier.rest(eur("1")), Tier.upTo("10", eur("1")))));
        refused(() ->
                new Graduated(List.of(Tier.upTo("10", eur("1")), Tier.upTo("10", eur("1")), Tier.rest(eur("1")))));
        refused(() -> new Graduated(List.of()));
        refused(() -> new Packages(BigDecimal.ZERO, eur("1")));
        refused(() -> new PerUnit(eur("-0.01")));
        refused(() -> Charge.of("tokens", "10", new PerUnit(eur("1"))).cappedAt("9"));
        Charge charge = Charge.of("tokens", "10", new PerUnit(eur("1")));
        refused(() -> Plan.monthly("p", Money.of("1.00", "EUR")).charging(charge, charge));
        refused(() -> Plan.monthly("p", Money.of("1.00", "USD")).charging(charge));
    }

    private static void refused(Runnable make) {
        assertThatThrownBy(make::run).isInstanceOf(InvalidRequestException.class);
    }
}
