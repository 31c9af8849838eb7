package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A country that the shipped tables don't cover, as a host describes it for {@link TaxesBuilder#country}: whole, or it is refused
 * there. It needs supply rules for both kinds of buyers and a standard rate; thresholds, territories and the form of tax ids where it
 * has any.
 *
 * @param code ISO 3166-1, such as {@code KZ}
 * @param zone in which tax points are read
 * @param taxIds the form of its tax ids without the prefix, a regular expression; null: any
 */
public record TaxCountry(
        String code,
        ZoneId zone,
        List<SupplyRule> supplies,
        List<TaxRule> rules,
        List<TaxThreshold> thresholds,
        List<Part> territories,
        @Nullable String taxIds) {

    /**
     * A territory with rates of its own.
     *
     * @param jurisdiction the country's code, a dash and a name, such as {@code KZ-BAIKONUR}; its rules are under that
     * @param firstPostcode the beginning of its postcodes; empty: only its regions name it
     * @param lastPostcode the last beginning, of the same length
     * @param regions the codes of its regions
     */
    public record Part(String jurisdiction, String firstPostcode, String lastPostcode, Set<String> regions) {

        /** @throws InvalidRequestException if it has neither postcodes nor regions */
        public Part {
            jurisdiction = Jurisdictions.check(jurisdiction);
            regions = Set.copyOf(regions);
            if (firstPostcode.length() != lastPostcode.length() || (firstPostcode.isEmpty() && regions.isEmpty())) {
                throw new InvalidRequestException("The territory " + jurisdiction
                        + " is named by postcodes of one length, by regions, or both; it has " + firstPostcode + " to "
                        + lastPostcode + " and " + regions + ".");
            }
        }

        Territory territory() {
            Spot spot = new Spot(jurisdiction, false, jurisdiction, Confidence.SOLID, false);
            return new Territory(Jurisdictions.country(jurisdiction), firstPostcode, lastPostcode, regions, spot);
        }
    }

    /** @throws InvalidRequestException if the code is unknown, a part is another country's, or the form no regular expression */
    public TaxCountry {
        code = Jurisdictions.checkCountry(code);
        requireNonNull(zone, "zone");
        supplies = List.copyOf(supplies);
        rules = List.copyOf(rules);
        thresholds = List.copyOf(thresholds);
        territories = List.copyOf(territories);
        for (TaxRule rule : rules) {
            requireOwn(code, "rule", rule.jurisdiction());
        }
        for (TaxThreshold threshold : thresholds) {
            requireOwn(code, "threshold", threshold.jurisdiction());
        }
        for (Part territory : territories) {
            requireOwn(code, "territory", territory.jurisdiction());
        }
        if (taxIds != null) {
            try {
                Pattern.compile(taxIds);
            } catch (PatternSyntaxException e) {
                throw new InvalidRequestException(
                        "The form of tax ids of " + code + " is no regular expression: " + e.getDescription() + ".");
            }
        }
    }

    private static void requireOwn(String code, String what, String jurisdiction) {
        if (!Jurisdictions.within(jurisdiction, code)) {
            throw new InvalidRequestException(
                    "A " + what + " of " + jurisdiction + " is no part of the country " + code + ".");
        }
    }

    /** A country of which nothing is known so far. */
    public static TaxCountry of(String code, ZoneId zone) {
        return new TaxCountry(code, zone, List.of(), List.of(), List.of(), List.of(), null);
    }

    private static <T> List<T> and(List<T> some, T one) {
        List<T> all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    /** With a supply rule: who owes the tax of a sale from abroad. */
    public TaxCountry with(SupplyRule rule) {
        return new TaxCountry(code, zone, and(supplies, rule), rules, thresholds, territories, taxIds);
    }

    /** With a rate. */
    public TaxCountry with(TaxRule rule) {
        return new TaxCountry(code, zone, supplies, and(rules, rule), thresholds, territories, taxIds);
    }

    /** With a threshold below which sellers from abroad needn't register. */
    public TaxCountry with(TaxThreshold threshold) {
        return new TaxCountry(code, zone, supplies, rules, and(thresholds, threshold), territories, taxIds);
    }

    /** With a territory that has rates of its own. */
    public TaxCountry with(Part territory) {
        return new TaxCountry(code, zone, supplies, rules, thresholds, and(territories, territory), taxIds);
    }

    /** With the form of its tax ids behind the prefix, such as {@code [0-9]{12}}. */
    public TaxCountry withTaxIds(String form) {
        return new TaxCountry(code, zone, supplies, rules, thresholds, territories, form);
    }

    /** What is missing for it to have an effect; null: nothing. */
    @Nullable
    String missing() {
        for (BuyerKind kind : BuyerKind.values()) {
            if (supplies.stream().noneMatch(each -> each.buyer() == kind)) {
                return "a supply rule for a " + kind.name().toLowerCase(Locale.ROOT);
            }
        }
        boolean standard = rules.stream()
                .anyMatch(rule ->
                        rule.jurisdiction().equals(code) && rule.category().equals(ProductCategory.STANDARD));
        return standard ? null : "a rate of the category standard";
    }

    boolean accepts(TaxId id) {
        return taxIds == null || id.number().matches(taxIds);
    }
}
