package dev.matrix.money;

import dev.matrix.core.Matrix;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.spi.RateSource;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A node with exchange rates, driven by hand: its steps run when {@link #drive} or {@link #advance} says so. */
final class Bank {

    private static final int MOST_RUNS = 10_000;

    final ManualClock clock;
    final Matrix matrix;
    final ExchangeRates rates;

    private Bank(Stores stores, ManualClock clock, HttpTransport transport, String node, RateSource... sources) {
        this.clock = clock;
        this.matrix = Matrix.builder()
                .stores(stores)
                .clock(clock)
                .transport(transport)
                .keys(KeyRing.ephemeral())
                .currencies(Currencies.iso())
                .insecureRandom(new Random(node.hashCode()))
                .node(node)
                .build();
        ExchangeRatesBuilder builder = ExchangeRates.on(matrix);
        for (RateSource source : sources) {
            builder.source(source);
        }
        this.rates = builder.build();
    }

    static Bank at(String instant, HttpTransport transport, RateSource... sources) {
        ManualClock clock = ManualClock.at(instant);
        return new Bank(Stores.inMemory(clock), clock, transport, "one", sources);
    }

    static Bank over(Stores stores, ManualClock clock, HttpTransport transport, String node, RateSource... sources) {
        return new Bank(stores, clock, transport, node, sources);
    }

    static Currency currency(String code) {
        return Currencies.iso().get(code);
    }

    /** Runs every step that is due, until none is. */
    Bank drive() {
        int runs = 0;
        for (Optional<String> ran = matrix.runDueStep(); ran.isPresent(); ran = matrix.runDueStep()) {
            if (++runs > MOST_RUNS) {
                throw new AssertionError("Steps run without end, last " + ran);
            }
        }
        return this;
    }

    /** Moves the clock on at once, then runs what is due. */
    Bank advance(Duration time) {
        clock.advance(time);
        return drive();
    }

    Bank advanceTo(String instant) {
        clock.set(Instant.parse(instant));
        return drive();
    }

    Conversion convert(String amount, String from, String to, RateQuery query) {
        return rates.convert(Money.of(amount, from), currency(to), query);
    }

    Converted converted(String amount, String from, String to, RateQuery query) {
        return convert(amount, from, to, query).orThrow();
    }

    /** The rate of a pair on a day, at value scale. */
    Converted on(String day, String from, String to) {
        return converted("1", from, to, RateQuery.on(LocalDate.parse(day)));
    }

    List<RateSnapshot> history(String source) {
        DateRange all = new DateRange(LocalDate.of(1999, 1, 1), LocalDate.of(2099, 1, 1));
        return rates.history(source, all, PageRequest.first(1_000)).items();
    }

    List<String> events() {
        return matrix.events().page(EventQuery.all(), PageRequest.first(1_000)).items().stream()
                .map(BillingEvent::type)
                .map(Object::toString)
                .toList();
    }
}
