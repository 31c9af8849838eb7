package dev.matrix.tax;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.tax.Csv.Row;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owes tax on digital services from abroad, and from which turnover (table TD6): dated rows, shipped. */
final class SupplyRules {

    static final SupplyRules INSTANCE = new SupplyRules();

    /** What happens to a sale from abroad. */
    enum Treatment {
        /** Taxed where the buyer is. */
        DESTINATION,
        REVERSE_CHARGE,
        REVERSE_CHARGE_UNLESS_REGISTERED,
        NOT_SUBJECT
    }

    /**
     * One row.
     *
     * @param types the taxes it speaks of; all if empty
     * @param proof the tax id's prefix that proves a business, {@code VIES} or {@code DECLARED}; empty for consumers
     * @param rateCategory the category whose rate applies to foreign sellers; null: the product's
     */
    record Supply(
            String area,
            BuyerKind buyer,
            Treatment treatment,
            Set<TaxType> types,
            String proof,
            @Nullable String rateCategory,
            String source,
            Confidence confidence,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo) {

        private boolean isInForce(LocalDate day) {
            return SupplyRules.isInForce(validFrom, validTo, day);
        }

        boolean covers(TaxType type) {
            return types.isEmpty() || types.contains(type);
        }
    }

    private final List<Supply> supplies;
    private final List<TaxThreshold> thresholds;

    private SupplyRules() {
        supplies = Csv.read("supply.csv").stream().map(SupplyRules::supply).toList();
        thresholds =
                Csv.read("thresholds.csv").stream().map(SupplyRules::threshold).toList();
    }

    private static Supply supply(Row row) {
        Set<TaxType> types = EnumSet.noneOf(TaxType.class);
        Arrays.stream(row.get("types").split(" "))
                .filter(type -> !type.isEmpty())
                .forEach(type -> types.add(TaxType.valueOf(type)));
        return new Supply(
                row.get("area"),
                BuyerKind.valueOf(row.get("buyer")),
                Treatment.valueOf(row.get("treatment")),
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
    Supply find(String area, BuyerKind buyer, LocalDate day) {
        for (Supply supply : supplies) {
            if (supply.area().equals(area) && supply.buyer() == buyer && supply.isInForce(day)) {
                return supply;
            }
        }
        return null;
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
    private static boolean isInForce(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate day) {
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
