package dev.matrix.analytics;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The facts of one bucket and group, added up by kind. Not thread-safe. */
final class Tally {

    private final Map<FactKind, FactCell> cells = new EnumMap<>(FactKind.class);

    void add(FactCell cell) {
        cells.merge(cell.kind(), cell, Tally::plus);
    }

    void add(Tally other) {
        other.cells.values().forEach(this::add);
    }

    private static FactCell plus(FactCell a, FactCell b) {
        return new FactCell(
                a.bucket(),
                a.kind(),
                a.currency().equals(b.currency()) ? a.currency() : "",
                0,
                0,
                0,
                0,
                a.count() + b.count(),
                a.amount().add(b.amount()),
                a.quantity().add(b.quantity()),
                least(a.leastQuantity(), b.leastQuantity()),
                most(a.mostQuantity(), b.mostQuantity()),
                a.leastAmount().min(b.leastAmount()),
                a.mostAmount().max(b.mostAmount()),
                a.timed() + b.timed(),
                a.millis() + b.millis(),
                a.succeeded() + b.succeeded(),
                a.failed() + b.failed(),
                a.customers() + b.customers(),
                a.firstRecorded().isBefore(b.firstRecorded()) ? a.firstRecorded() : b.firstRecorded(),
                a.lastRecorded().isAfter(b.lastRecorded()) ? a.lastRecorded() : b.lastRecorded());
    }

    private static @Nullable BigDecimal least(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null ? b : b == null ? a : a.min(b);
    }

    private static @Nullable BigDecimal most(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null ? b : b == null ? a : a.max(b);
    }

    long count(FactKind kind) {
        return of(kind, FactCell::count);
    }

    long of(FactKind kind, ToLongFunction<FactCell> number) {
        FactCell cell = cells.get(kind);
        return cell == null ? 0 : number.applyAsLong(cell);
    }

    BigInteger amount(FactKind kind) {
        FactCell cell = cells.get(kind);
        return cell == null ? BigInteger.ZERO : cell.amount();
    }

    BigDecimal quantity(FactKind kind) {
        FactCell cell = cells.get(kind);
        return cell == null ? BigDecimal.ZERO.setScale(Fact.QUANTITY_DECIMALS) : cell.quantity();
    }

    @Nullable
    FactCell cell(FactKind kind) {
        return cells.get(kind);
    }

    Instant firstRecorded() {
        return cells.values().stream()
                .map(FactCell::firstRecorded)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    Instant lastRecorded() {
        return cells.values().stream()
                .map(FactCell::lastRecorded)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
