package dev.matrix.tax;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.tax.Csv.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owes tax on digital services from abroad, and from which turnover: dated rows, shipped or of countries that a host adds. */
final class SupplyRules {

    private static final SupplyRules SHIPPED = new SupplyRules();

    /** The rules of an area: the EU, or a country. */
    private final Map<String, List<SupplyRule>> supplies = new HashMap<>();

    private final List<TaxThreshold> thresholds = new ArrayList<>();

    private SupplyRules() {
        for (Row row : Csv.read("supply.csv")) {
            add(row.get("area"), supply(row));
        }
        Csv.read("thresholds.csv").stream().map(SupplyRules::threshold).forEach(thresholds::add);
    }

    private SupplyRules(SupplyRules shipped, List<TaxCountry> added) {
        supplies.putAll(shipped.supplies);
        thresholds.addAll(shipped.thresholds);
        for (TaxCountry country : added) {
            country.supplies().forEach(rule -> add(country.code(), rule));
            thresholds.addAll(country.thresholds());
        }
    }

    private void add(String area, SupplyRule rule) {
        supplies.computeIfAbsent(area, absent -> new ArrayList<>()).add(rule);
    }

    static SupplyRules shipped() {
        return SHIPPED;
    }

    /** The shipped tables and these countries. */
    SupplyRules with(List<TaxCountry> added) {
        return added.isEmpty() ? this : new SupplyRules(this, added);
    }

    private static SupplyRule supply(Row row) {
        Set<TaxType> types = EnumSet.noneOf(TaxType.class);
        Arrays.stream(row.get("types").split(" "))
                .filter(type -> !type.isEmpty())
                .forEach(type -> types.add(TaxType.valueOf(type)));
        return new SupplyRule(
                BuyerKind.valueOf(row.get("buyer")),
                SupplyRule.Treatment.valueOf(row.get("treatment")),
                types,
                row.get("proof"),
                row.orNull("rate_category"),
                row.get("source"),
                row.confidence(),
                row.day("valid_from"),
                row.day("valid_to"));
    }

    private static TaxThreshold threshold(Row row) {
        return new TaxThreshold(
                row.get("id"),
                row.get("jurisdiction"),
                row.get("counts"),
                Money.of(row.get("amount"), Currencies.iso().get(row.get("currency"))),
                row.get("reached").equals("ABOVE"),
                TaxThreshold.Window.valueOf(row.get("window")),
                row.day("valid_from"),
                row.day("valid_to"),
                row.get("source"),
                row.confidence());
    }

    @Nullable
    SupplyRule find(String area, BuyerKind buyer, LocalDate day) {
        for (SupplyRule rule : supplies.getOrDefault(area, List.of())) {
            if (rule.buyer() == buyer && rule.isInForce(day)) {
                return rule;
            }
        }
        return null;
    }

    /** What the rules of an area have been, and are. */
    List<SupplyRule> of(String area) {
        return supplies.getOrDefault(area, List.of());
    }

    /** The thresholds of a jurisdiction on a day; of a US state without a row the common one. */
    List<TaxThreshold> thresholds(String jurisdiction, LocalDate day) {
        List<TaxThreshold> own = inForce(jurisdiction, day);
        if (!own.isEmpty() || !jurisdiction.startsWith("US-")) {
            return own;
        }
        return inForce("US", day).stream()
                .map(common -> new TaxThreshold(
                        jurisdiction,
                        jurisdiction,
                        jurisdiction,
                        common.amount(),
                        common.above(),
                        common.window(),
                        common.validFrom(),
                        common.validTo(),
                        common.source(),
                        common.confidence()))
                .toList();
    }

    private List<TaxThreshold> inForce(String jurisdiction, LocalDate day) {
        return thresholds.stream()
                .filter(each -> each.jurisdiction().equals(jurisdiction) && isInForce(each, day))
                .toList();
    }

    private static boolean isInForce(TaxThreshold threshold, LocalDate day) {
        return isInForce(threshold.validFrom(), threshold.validTo(), day);
    }

    /** From a first day, inclusive, to a last, exclusive. */
    static boolean isInForce(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate day) {
        return (from == null || !from.isAfter(day)) && (to == null || to.isAfter(day));
    }

    /** The thresholds that look at a turnover. */
    List<TaxThreshold> lookingAt(String counts, LocalDate day) {
        List<TaxThreshold> own = thresholds.stream()
                .filter(each -> each.counts().equals(counts) && isInForce(each, day))
                .toList();
        return own.isEmpty() && counts.startsWith("US-") ? thresholds(counts, day) : own;
    }

    List<TaxThreshold> all() {
        return thresholds;
    }
}
