package dev.matrix.sla;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import dev.matrix.sla.spi.ComponentStore.ChangeRow;
import dev.matrix.sla.spi.CreditStore.CreditRow;
import dev.matrix.sla.spi.StatementStore.BreachRow;
import dev.matrix.sla.spi.StatementStore.StatementRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads service levels from the stored rows.
 *
 * @param owner whose may be seen; null: all
 */
record Reading(
        SlaStores stores,
        Records records,
        Reports reports,
        InstantSource clock,
        @Nullable Owner owner) implements SlaView {

    /** Rules look back at most so far, and metrics too. */
    private static final long LONGEST = 90L * 24 * 60;

    private static final int COMPONENT_DAYS = 90;
    private static final int MINUTES_A_DAY = 24 * 60;

    Reading of(Owner other) {
        return new Reading(stores, records, reports, clock, other);
    }

    /** The subscription, if it may be seen. */
    Subscribed visible(Tx tx, String subscriptionId) {
        return records.subscription(tx, subscriptionId)
                .filter(each -> owner == null || each.row().owner().equals(owner))
                .filter(each -> !each.bindings().isEmpty())
                .orElseThrow(() -> new NotFoundException("No subscription " + subscriptionId + "."));
    }

    /** The binding that holds now, or else the last one. */
    SlaBinding binding(Tx tx, String subscriptionId) {
        Subscribed subscribed = visible(tx, subscriptionId);
        SlaBinding now = subscribed.at(clock.instant());
        return now == null ? subscribed.bindings().get(subscribed.bindings().size() - 1) : now;
    }

    /** Whether any visible subscription is bound to a tier. */
    boolean isBoundTo(Tx tx, String tier) {
        return isAnyBound(tx, binding -> binding.tier().equals(tier));
    }

    private boolean isAnyBound(Tx tx, Predicate<SlaBinding> condition) {
        @Nullable String cursor = null;
        do {
            var page = stores.bindings().page(tx, owner, new PageRequest(1_000, cursor));
            for (var bound : page.items()) {
                if (Subscribed.of(bound, records.text()).bindings().stream().anyMatch(condition)) {
                    return true;
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return false;
    }

    @Override
    public SlaMetrics metrics(String subscriptionId, MetricWindow window) {
        return stores.transactions().returning(tx -> {
            Subscribed subscribed = visible(tx, subscriptionId);
            return metrics(tx, subscribed, window)
                    .orElseThrow(() -> new NotFoundException(
                            "Subscription " + subscriptionId + " wasn't under contract in that window."));
        });
    }

    private Optional<SlaMetrics> metrics(Tx tx, Subscribed subscribed, MetricWindow window) {
        long now = Counting.minute(clock.instant());
        long back = window.length() == null
                ? Shard.LONGEST_WINDOW + MINUTES_A_DAY
                : Math.max(Shard.LONGEST_WINDOW, window.length().toMinutes() + MINUTES_A_DAY);
        JudgedSpan judged = records.judged(tx, subscribed, now - Math.min(back, LONGEST + MINUTES_A_DAY), now + 1);
        Segment segment = judged.timeline().segment(Math.max(judged.to() - 1, first(judged)));
        if (segment == null) {
            segment = judged.timeline().segment(now);
        }
        if (segment == null) {
            return Optional.empty();
        }
        long start = Math.max(
                segment.from(),
                Periods.start(
                        Periods.at(segment.binding(), Math.max(segment.from(), judged.to() - 1)), segment.binding()));
        long from =
                window.length() == null ? start : judged.to() - window.length().toMinutes();
        Set<SlaObjective> breached = EnumSet.noneOf(SlaObjective.class);
        for (BreachRow row : stores.statements().breaches(tx, subscribed.id(), start)) {
            if (!row.withdrawn() && row.segment() == start) {
                breached.add(SlaObjective.valueOf(row.objective()));
            }
        }
        Set<SlaObjective> alerting = EnumSet.noneOf(SlaObjective.class);
        for (AlertRow row : stores.alerts().open(tx, subscribed.id())) {
            alerting.add(records.text().read(row.json(), SlaAlert.class).objective());
        }
        return Optional.of(Figures.metrics(segment, judged, from, breached, alerting));
    }

    private static long first(JudgedSpan judged) {
        List<Segment> segments = judged.timeline().segments();
        return segments.isEmpty() ? Long.MIN_VALUE : segments.get(0).from();
    }

    @Override
    public SlaReport report(String subscriptionId, SlaPeriod period) {
        return stores.transactions().returning(tx -> {
            Subscribed subscribed = visible(tx, subscriptionId);
            return stores.statements()
                    .find(tx, subscriptionId, period.toString(), null)
                    .map(row -> reports.read(row.report()))
                    .orElseGet(() -> reports.provisional(tx, subscribed, period));
        });
    }

    @Override
    public ReportDocument document(
            String subscriptionId, SlaPeriod period, @Nullable Integer version, ReportFormat format) {
        return stores.transactions().returning(tx -> {
            Subscribed subscribed = visible(tx, subscriptionId);
            @Nullable
            StatementRow stated = stores.statements()
                    .find(tx, subscriptionId, period.toString(), version)
                    .orElse(null);
            if (stated == null && (version != null || format == ReportFormat.STATEMENT)) {
                throw new NotFoundException("No statement of subscription " + subscriptionId + " for " + period
                        + (version == null ? "." : " in version " + version + "."));
            }
            return stated == null
                    ? reports.document(reports.provisional(tx, subscribed, period), null, format)
                    : reports.document(reports.read(stated.report()), stated.report(), format);
        });
    }

    @Override
    public Page<SlaMetrics> portfolio(PortfolioQuery query, PageRequest page) {
        return stores.transactions().returning(tx -> {
            Page<Subscribed> found =
                    stores.bindings().page(tx, owner, page).map(bound -> Subscribed.of(bound, records.text()));
            List<SlaMetrics> metrics = new ArrayList<>();
            for (Subscribed each : found.items()) {
                metrics(tx, each, MetricWindow.current())
                        .filter(one -> query.tier() == null || one.tier().equals(query.tier()))
                        .filter(one -> query.state() == null || one.state() == query.state())
                        .ifPresent(metrics::add);
            }
            return new Page<>(metrics, found.nextCursor());
        });
    }

    @Override
    public Page<SlaBinding> bindings(PageRequest page) {
        return stores.transactions().returning(tx -> {
            Page<Subscribed> found =
                    stores.bindings().page(tx, owner, page).map(bound -> Subscribed.of(bound, records.text()));
            List<SlaBinding> current = new ArrayList<>();
            for (Subscribed each : found.items()) {
                SlaBinding binding = each.at(clock.instant());
                if (binding != null) {
                    current.add(binding);
                }
            }
            return new Page<>(current, found.nextCursor());
        });
    }

    @Override
    public SlaComponent component(String id) {
        return stores.transactions().returning(tx -> {
            Instant now = clock.instant();
            Instant from = now.atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .minusDays(COMPONENT_DAYS - 1L)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            List<ChangeRow> changes = stores.components().changes(tx, List.of(id), from);
            boolean known =
                    !changes.isEmpty() || stores.components().lock(tx, id).isPresent();
            if (!known
                    || (owner != null
                            && !isAnyBound(tx, binding -> binding.components().contains(id)))) {
                throw new NotFoundException("No component " + id + ".");
            }
            List<ComponentHistory.Change> states = changes.stream()
                    .map(row -> new ComponentHistory.Change(row.at(), ComponentState.valueOf(row.state())))
                    .toList();
            ComponentHistory.Change last = states.isEmpty() ? null : states.get(states.size() - 1);
            return new SlaComponent(
                    id,
                    last == null ? ComponentState.UNKNOWN : last.state(),
                    last == null ? null : last.at(),
                    ComponentHistory.of(states).days(from, now));
        });
    }

    @Override
    public Page<SlaAlert> alerts(AlertQuery query, PageRequest page) {
        return stores.transactions().returning(tx -> {
            seen(tx, query.subscriptionId());
            return stores.alerts()
                    .page(tx, owner, query.subscriptionId(), query.openOnly(), page)
                    .map(row -> records.text().read(row.json(), SlaAlert.class));
        });
    }

    private void seen(Tx tx, @Nullable String subscriptionId) {
        if (subscriptionId != null) {
            visible(tx, subscriptionId);
        }
    }

    @Override
    public Page<SlaStatement> statements(@Nullable String subscriptionId, PageRequest page) {
        return stores.transactions().returning(tx -> {
            seen(tx, subscriptionId);
            return stores.statements()
                    .page(tx, owner, subscriptionId, page)
                    .map(StatementRow::json)
                    .map(json -> records.text().read(json, SlaStatement.class));
        });
    }

    @Override
    public Page<SlaCredit> credits(CreditQuery query, PageRequest page) {
        return stores.transactions().returning(tx -> {
            seen(tx, query.subscriptionId());
            @Nullable
            String state = query.state() == null ? null : query.state().name();
            return stores.credits()
                    .page(tx, owner, query.subscriptionId(), state, page)
                    .map(CreditRow::json)
                    .map(json -> records.text().read(json, SlaCredit.class));
        });
    }
}
