package dev.matrix.tax;

import dev.matrix.tax.Undetermined.Cause;
import dev.matrix.tax.spi.LocalRateProvider;
import dev.matrix.tax.spi.LocalRates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From an authority that the seller collects for to the levies on an item: rule, exemption, local rates. */
final class RateLookup {

    private static final LocalDate STARTS_KNOWN = LocalDate.of(2026, 1, 1);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Sale sale;
    private final BuyerKind kind;

    RateLookup(Sale sale, BuyerKind kind) {
        this.sale = sale;
        this.kind = kind;
    }

    /** The rule for a tax of an authority; null where none holds. */
    @Nullable
    TaxRule rule(Authority authority, TaxType type, ProductCategory category) {
        boolean american = authority.jurisdiction().startsWith("US-");
        List<String> names = category.fallbacks(!(american && category.isWithin(ProductCategory.DIGITAL)));
        return sale.facts()
                .rules()
                .find(
                        authority.jurisdiction(),
                        type,
                        names,
                        kind,
                        sale.day(),
                        sale.request().knownAt());
    }

    /** Whether an authority levies nothing but taxes on some products, and none on this one. */
    boolean leavesUntouched(Authority authority, ProductCategory category) {
        return !authority.types().isEmpty()
                && authority.hasNoTax()
                && authority.types().stream().allMatch(type -> rule(authority, type, category) == null);
    }

    /** The rule by which a place has no such tax at all; null where it has one, or doesn't say. */
    @Nullable
    TaxRule absence(Authority authority, TaxType type) {
        TaxRule general = rule(authority, type, ProductCategory.STANDARD);
        return general != null && general.reason() == TaxReason.OUT_OF_SCOPE ? general : null;
    }

    /** Adds the levies of one tax; false at a dead end. */
    boolean collect(Authority authority, TaxType type, TaxedItem item, ProductCategory category, List<Levy> levies) {
        TaxRule rule = rule(authority, type, category);
        if (rule == null) {
            if (Authority.isOptional(type)) {
                return true;
            }
            sale.notes()
                    .end(
                            Cause.NO_RATE,
                            item.id(),
                            "no rate of " + type + " in " + authority.jurisdiction() + " for " + category.name()
                                    + " on " + sale.day() + "; there are rates for "
                                    + sale.facts().rules().categories(authority.jurisdiction(), type));
            return false;
        }
        note(rule);
        String shown = authority.shown(type);
        BigDecimal rate = rule.ratePercent();
        if (rate == null) {
            levies.add(sale.invoicing().untaxed(shown, type, rule.reason(), rule.vatexCode(), rule.legalNote()));
            return true;
        }
        Levy levy = sale.invoicing().taxed(shown, type, rate, rule.fraction(), rule.order(), rule.reason());
        exempt(levy, item.category(), levies);
        return true;
    }

    /** Traces a rule, and warns of what is weak in it. */
    void note(TaxRule rule) {
        sale.notes()
                .trace(
                        "rate",
                        rule.jurisdiction() + " " + rule.type() + " "
                                + rule.category().name() + ": " + rule.reason()
                                + (rule.ratePercent() == null ? "" : " " + rule.ratePercent() + " %")
                                + " (" + rule.source() + ")");
        sale.notes().warnUnlessSolid(rule.confidence());
        if (rule.validFrom() == null && sale.day().isBefore(STARTS_KNOWN)) {
            sale.notes().warn(Warning.RATE_START_UNKNOWN);
        }
    }

    /** Of several certificates the one that frees most counts; they don't add up. */
    private void exempt(Levy levy, ProductCategory category, List<Levy> levies) {
        TaxExemption best = null;
        for (TaxExemption exemption : sale.facts().exemptions()) {
            if (exemption.frees(levy.jurisdiction(), levy.type(), category, sale.day())
                    && (best == null || exemption.percent().compareTo(best.percent()) > 0)) {
                best = exemption;
            }
        }
        if (best == null) {
            levies.add(levy);
            return;
        }
        sale.notes()
                .trace(
                        "exemption",
                        "certificate " + best.number() + " frees " + best.percent() + " % of " + levy.type() + " in "
                                + levy.jurisdiction());
        BigDecimal freed = best.percent().divide(HUNDRED, MathContext.DECIMAL128);
        Levy free = sale.invoicing()
                .untaxed(levy.jurisdiction(), levy.type(), TaxReason.EXEMPT_CUSTOMER, null, best.reason());
        if (freed.compareTo(BigDecimal.ONE) == 0) {
            levies.add(free.of(levy.fraction()));
        } else {
            levies.add(levy.of(levy.fraction().multiply(BigDecimal.ONE.subtract(freed))));
            levies.add(free.of(levy.fraction().multiply(freed)));
        }
    }

    /** Adds what counties and cities levy beside a US state; false at a dead end. */
    boolean collectLocal(TaxedItem item, List<Levy> levies) {
        LocalRateProvider provider = sale.settings().localRates();
        Address address = sale.place().address();
        if (provider == null || address == null) {
            sale.notes().warn(Warning.LOCAL_RATES_MISSING);
            return true;
        }
        LocalRates rates = provider.lookup(address, sale.day(), item.category(), kind);
        if (rates instanceof LocalRates.Found found) {
            List<Levy> all = new ArrayList<>();
            for (LocalRates.LocalRate rate : found.rates()) {
                Levy levy = sale.invoicing()
                        .taxed(
                                rate.jurisdiction(),
                                rate.type(),
                                rate.ratePercent(),
                                rate.fraction(),
                                0,
                                TaxReason.STANDARD);
                exempt(levy, item.category(), all);
            }
            sale.notes().trace("rate", "local rates of " + sale.place().jurisdiction() + ": " + found.rates());
            levies.addAll(all);
            return true;
        }
        if (sale.settings().stateRatesOnFailure()) {
            sale.notes().warn(Warning.LOCAL_RATES_UNAVAILABLE);
            return true;
        }
        sale.notes().end(Cause.LOCAL_RATES_UNAVAILABLE, item.id(), "local rates are unavailable: " + rates);
        return false;
    }
}
