package dev.matrix.tax;

import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.money.StalePolicy;
import dev.matrix.tax.RoundingPolicy.Level;
import dev.matrix.tax.Undetermined.Cause;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a request to its outcome: the steps of TD1, then the arithmetic. Pure; one for a request. */
final class Determination {

    private final TaxRequest request;
    private final SellerProfile seller;
    private final Settings settings;
    private final Facts facts;
    private final Notes notes = new Notes();

    Determination(TaxRequest request, SellerProfile seller, Settings settings, Facts facts) {
        this.request = request;
        this.seller = seller;
        this.settings = settings;
        this.facts = facts;
    }

    TaxOutcome run() {
        Place place = new Locator(request.buyer(), seller, settings, notes).find();
        List<Charge> charges = null;
        Sale sale = null;
        if (place != null) {
            sale = Sale.of(request, seller, settings, facts, place, day(place), notes);
            charges = charges(sale);
        }
        if (charges == null || sale == null) {
            return ended();
        }
        Arithmetic.Result result = Arithmetic.compute(request.kind(), request.currency(), charges, settings::rounding);
        checkMixture(result.groups());
        AppliedRate rate = null;
        Totals totals = result.totals();
        if (request.taxCurrency() != null) {
            Conversion conversion = inTaxCurrency(totals.tax(), sale.day());
            if (!(conversion instanceof Conversion.Converted converted)) {
                notes.end(
                        Cause.NO_RATE,
                        null,
                        "no exchange rate from " + request.currency().code() + " to "
                                + request.taxCurrency().code());
                return ended();
            }
            if (converted.age() == Freshness.STALE) {
                notes.warn(Warning.STALE_RATE);
            }
            rate = converted.rate();
            totals = new Totals(
                    totals.net(),
                    totals.tax(),
                    totals.gross(),
                    totals.withheld(),
                    totals.payable(),
                    converted.result());
        }
        return new TaxCalculation(
                request,
                result.lines(),
                result.groups(),
                totals,
                sale.day(),
                facts.rules().version(),
                roundings(result.groups()),
                rate,
                turnover(sale, totals.net()),
                notes.warnings(),
                trace(sale));
    }

    private TaxOutcome ended() {
        Undetermined end = notes.end();
        if (end == null) {
            throw new IllegalStateException("A determination ended without a reason: " + notes.trace());
        }
        return end;
    }

    /** The tax point's day at the place of supply. */
    private LocalDate day(Place place) {
        if (request.taxPoint() instanceof TaxPoint.Moment moment) {
            String region = place.address() == null ? null : place.address().region();
            String where = region == null || !place.jurisdiction().equals(place.country())
                    ? place.jurisdiction()
                    : place.country() + "-" + region;
            ZoneId zone = settings.geography().zone(where);
            return LocalDate.ofInstant(moment.instant(), zone == null ? ZoneOffset.UTC : zone);
        }
        return ((TaxPoint.Day) request.taxPoint()).day();
    }

    private @Nullable List<Charge> charges(Sale sale) {
        List<TaxedItem> lines = new ArrayList<>();
        List<TaxedItem> spread = new ArrayList<>();
        request.items().forEach(item -> (item.spread() ? spread : lines).add(item));
        List<Money> amounts = Discounts.onto(lines, spread, request.currency());
        PlaceOfSupply supply = new PlaceOfSupply(sale);
        Map<ProductCategory, Treatment> known = new HashMap<>();
        List<Charge> charges = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            TaxedItem item = lines.get(i);
            Treatment treatment = request.overrides().isEmpty() ? known.get(item.category()) : null;
            if (treatment == null) {
                List<Levy> levies = supply.levies(item);
                if (levies == null) {
                    return null;
                }
                treatment = Treatment.of(levies);
                known.put(item.category(), treatment);
            }
            charges.add(new Charge(item.id(), amounts.get(i), item.kind(), treatment));
        }
        return charges;
    }

    private @Nullable Conversion inTaxCurrency(Money tax, LocalDate day) {
        CurrencyConverter converter = settings.converter();
        if (converter == null || request.taxCurrency() == null) {
            return null;
        }
        return converter.convert(tax, request.taxCurrency(), RateQuery.on(day).withStale(StalePolicy.USE_AND_FLAG));
    }

    private void checkMixture(List<TaxGroup> groups) {
        boolean outside = groups.stream().anyMatch(group -> "O".equals(group.en16931Category()));
        boolean other = groups.stream()
                .anyMatch(group -> group.en16931Category() != null && !"O".equals(group.en16931Category()));
        if (outside && other) {
            notes.warn(Warning.MIXED_OUT_OF_SCOPE);
        }
    }

    /** What was applied: a state's tax alone is rounded as any other, so nodes that don't know COMBINED can read it. */
    private Map<String, RoundingPolicy> roundings(List<TaxGroup> groups) {
        Map<String, RoundingPolicy> used = new LinkedHashMap<>();
        for (TaxGroup group : groups) {
            RoundingPolicy policy = settings.rounding(group.jurisdiction());
            String state = Jurisdictions.state(group.jurisdiction());
            long together = groups.stream()
                    .filter(other -> Jurisdictions.within(other.jurisdiction(), state))
                    .count();
            used.put(
                    group.jurisdiction(),
                    together == 1 && policy.level() == Level.COMBINED ? policy.with(Level.PER_RATE) : policy);
        }
        return used;
    }

    private Map<String, Money> turnover(Sale sale, Money net) {
        Map<String, Money> turnover = new TreeMap<>();
        Money counted = Sale.signed(request.kind(), net);
        sale.counted().forEach(key -> turnover.put(key, counted));
        turnover.put("WORLD", counted);
        return turnover;
    }

    private List<String> trace(Sale sale) {
        List<String> trace = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (List<TaxRegistration> all : List.of(seller.registrations(), facts.registrations())) {
            for (TaxRegistration registration : all) {
                if (registration.holds(sale.day())) {
                    held.add(registration.jurisdiction() + " " + registration.scheme());
                }
            }
        }
        trace.add("registrations: " + held + " on " + sale.day());
        trace.addAll(notes.trace());
        trace.add("arithmetic: " + request.kind() + " of " + request.items().size() + " items in "
                + request.currency().code());
        return trace;
    }
}
