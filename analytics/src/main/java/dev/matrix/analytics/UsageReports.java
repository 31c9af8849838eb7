package dev.matrix.analytics;

import dev.matrix.analytics.UsageReport.TopCustomer;
import dev.matrix.analytics.spi.FactColumn;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers queries of usage and performance. Thread-safe. */
record UsageReports(
        AnalyticsStores stores, Settings settings, FlowReader reader, FlowReports flows, InstantSource clock, Ids ids) {

    private static final Set<Measure> USAGE =
            Collections.unmodifiableSet(EnumSet.range(Measure.USAGE, Measure.REQUEST_TIME));
    private static final Set<Measure> PERFORMANCE = performance();

    private static Set<Measure> performance() {
        Set<Measure> measures = EnumSet.range(Measure.PAYMENT_SUCCESS, Measure.SLA_BREACHES);
        measures.add(Measure.ERROR_RATE);
        measures.add(Measure.REQUEST_TIME);
        return Collections.unmodifiableSet(measures);
    }

    PerformanceReport performance(ReportQuery query) {
        Frame frame = Frame.of(query, settings, clock.instant());
        FlowReports.Flows series = flows.of(frame, frame.measures(PERFORMANCE, Measure.PAYMENT_SUCCESS));
        return new PerformanceReport(frame.header(ids, FlowReports.FACTS), series.series(), series.warnings());
    }

    UsageReport usage(ReportQuery query) {
        Frame frame = Frame.of(query, settings, clock.instant());
        FlowReports.Flows series = flows.of(frame, frame.measures(USAGE, Measure.USAGE));
        List<TopCustomer> top = stores.transactions().returning(tx -> topCustomers(tx, frame));
        return new UsageReport(frame.header(ids, FlowReports.FACTS), series.series(), top, series.warnings());
    }

    private record Used(BigDecimal quantity, long uses) {

        Used plus(Used more) {
            return new Used(quantity.add(more.quantity), uses + more.uses);
        }
    }

    private List<TopCustomer> topCustomers(Tx tx, Frame frame) {
        Instant from = frame.window().from();
        Instant to = frame.window().to();
        FactFilter filter = reader.filter(tx, frame, EnumSet.of(FactKind.USAGE, FactKind.CORRECTION), from, to);
        FactQuery query =
                new FactQuery(filter, List.of(from, to), Set.of(FactColumn.METER, FactColumn.CUSTOMER), false);
        Map<Integer, Map<Integer, Used>> byMeter = new TreeMap<>();
        stores.facts()
                .aggregate(
                        tx,
                        query,
                        cell -> byMeter.computeIfAbsent(cell.meter(), meter -> new HashMap<>())
                                .merge(
                                        cell.customer(),
                                        new Used(cell.quantity(), cell.kind() == FactKind.USAGE ? cell.count() : 0),
                                        Used::plus));
        int most = frame.query().topGroups();
        Map<Integer, List<Map.Entry<Integer, Used>>> top = new TreeMap<>();
        Set<Integer> customers = new HashSet<>();
        byMeter.forEach((meter, used) -> {
            List<Map.Entry<Integer, Used>> first = used.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<Integer, Used> each) ->
                                    each.getValue().quantity())
                            .reversed()
                            .thenComparing(Map.Entry::getKey))
                    .limit(most)
                    .toList();
            first.forEach(each -> customers.add(each.getKey()));
            top.put(meter, first);
        });
        Map<Integer, String> names = stores.directory().names(tx, top.keySet());
        Map<Integer, Owner> owners = stores.directory().owners(tx, customers);
        List<TopCustomer> all = new ArrayList<>();
        top.forEach((meter, first) -> first.forEach(each -> {
            Owner owner = owners.get(each.getKey());
            if (owner != null) {
                all.add(new TopCustomer(
                        names.getOrDefault(meter, Segment.NONE),
                        owner,
                        RevenueNumbers.fraction(Fraction.of(each.getValue().quantity())),
                        each.getValue().uses()));
            }
        }));
        all.sort(Comparator.comparing(TopCustomer::meter));
        return all;
    }
}
