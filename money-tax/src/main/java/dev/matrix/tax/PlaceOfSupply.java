package dev.matrix.tax;

import dev.matrix.tax.Undetermined.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what an item is taxed with, and why. One for a document; not thread-safe. */
final class PlaceOfSupply {

    private final Sale sale;
    private final Place place;
    private final Notes notes;
    private final ThresholdCheck thresholds;

    PlaceOfSupply(Sale sale) {
        this.sale = sale;
        this.place = sale.place();
        this.notes = sale.notes();
        this.thresholds = new ThresholdCheck(sale);
    }

    /** The levies on an item; null at a dead end, which is noted. */
    @Nullable
    List<Levy> levies(TaxedItem item) {
        for (TaxOverride override : sale.request().overrides()) {
            if (override.item().equals(item.id())) {
                return List.of(overridden(override));
            }
        }
        notes.trace("product", item.category().name());
        if (!isKnown(item.category())) {
            notes.end(
                    Cause.CATEGORY_UNKNOWN,
                    item.id(),
                    "no rule knows the category " + item.category().name() + "; near are "
                            + sale.facts().rules().near(item.category()));
            return null;
        }
        boolean goods = item.category().isWithin(ProductCategory.GOODS);
        if (place.outsideEu() && goods && sale.sellerIsEuropean() && sale.registration(place.jurisdiction()) == null) {
            return untaxed(TaxReason.EXPORT, "goods leave the EU's VAT for " + place.jurisdiction());
        }
        if (place.outsideEu() && !sale.collectsOutsideEu()) {
            return untaxed(TaxReason.OUT_OF_SCOPE, place.jurisdiction() + " is outside the EU's VAT");
        }
        String area = sale.settings().geography().area(place.country());
        if (area == null) {
            if (sale.settings().outsideScope().contains(place.country())) {
                return untaxed(TaxReason.OUT_OF_SCOPE, "the host sells outside the scope of tax in " + place.country());
            }
            notes.end(
                    Cause.JURISDICTION_NOT_COVERED,
                    item.id(),
                    "no supply rule covers " + place.country() + "; outsideScope(\"" + place.country()
                            + "\") is the host's choice");
            return null;
        }
        return covered(item, area);
    }

    private boolean isKnown(ProductCategory category) {
        return sale.facts().rules().knows(category)
                || category.fallbacks().stream().anyMatch(sale.settings().categories()::contains);
    }

    private Levy overridden(TaxOverride override) {
        TaxType type = Authority.of(place.jurisdiction(), sale.facts().rules()).main(TaxType.VAT);
        notes.trace("override", "item " + override.item() + ": " + override.reason() + " by the host");
        return override.ratePercent() == null
                ? sale.invoicing().untaxed(place.jurisdiction(), type, override.reason(), null, null)
                : sale.invoicing()
                        .taxed(
                                place.jurisdiction(),
                                type,
                                override.ratePercent(),
                                BigDecimal.ONE,
                                0,
                                override.reason());
    }

    private List<Levy> untaxed(TaxReason reason, String why) {
        notes.trace("place of supply", reason + ": " + why);
        TaxType type = Authority.of(place.jurisdiction(), sale.facts().rules()).main(TaxType.VAT);
        return List.of(sale.invoicing().untaxed(place.jurisdiction(), type, reason, null, null));
    }

    private @Nullable List<Levy> covered(TaxedItem item, String area) {
        // A registration in a territory outside the EU's VAT is one with that territory's own tax.
        boolean domestic = place.outsideEu() || (sale.isDomestic() && !area.equals("US"));
        SupplyRule business = sale.settings().supplies().find(area, BuyerKind.BUSINESS, sale.day());
        BuyerKind kind = BuyerStatus.of(
                sale.request().buyer(),
                place,
                business == null ? "" : business.proof(),
                sale.facts(),
                sale.settings().uncheckedIds(),
                notes);
        if (item.category().isWithin(ProductCategory.GOODS) && sale.sellerIsEuropean() && !domestic) {
            if (!sale.settings().geography().isEu(place.country())) {
                return untaxed(TaxReason.EXPORT, "goods leave the EU");
            }
            if (kind == BuyerKind.BUSINESS) {
                return untaxed(TaxReason.INTRA_COMMUNITY, "goods to a business in another member state");
            }
        }
        if (domestic) {
            notes.trace(
                    "place of supply", "domestic: the seller is at home, or registered, in " + place.jurisdiction());
            return destination(item, kind, null, true);
        }
        SupplyRule supply = kind == BuyerKind.BUSINESS
                ? business
                : sale.settings().supplies().find(area, BuyerKind.CONSUMER, sale.day());
        if (supply == null) {
            notes.end(
                    Cause.JURISDICTION_NOT_COVERED,
                    item.id(),
                    "no supply rule covers " + place.country() + " on " + sale.day());
            return null;
        }
        return foreign(item, kind, supply);
    }

    private @Nullable List<Levy> foreign(TaxedItem item, BuyerKind kind, SupplyRule supply) {
        String why =
                supply.treatment() + " for a " + kind + " in " + place.jurisdiction() + " (" + supply.source() + ")";
        notes.trace("place of supply", why);
        notes.warnUnlessSolid(supply.confidence());
        boolean reverse = switch (supply.treatment()) {
            case REVERSE_CHARGE -> true;
            case REVERSE_CHARGE_UNLESS_REGISTERED -> !sale.collectsIn(place.jurisdiction());
            case DESTINATION, NOT_SUBJECT -> false;
        };
        if (reverse) {
            return reverseCharge();
        }
        boolean fromState = sale.settings().geography().isEu(place.country()) && sale.sellerIsEuropean();
        if (fromState && thresholds.staysAtOrigin()) {
            return origin(item, kind);
        }
        return destination(item, kind, supply, false);
    }

    private List<Levy> reverseCharge() {
        if (sale.invoicing().european() && !hasOwnId()) {
            notes.warn(Warning.SELLER_TAX_ID_MISSING);
        }
        TaxType type = Authority.of(place.jurisdiction(), sale.facts().rules()).main(TaxType.VAT);
        TaxType shown = place.country().equals("IN") ? TaxType.IGST : type;
        return List.of(sale.invoicing().untaxed(place.jurisdiction(), shown, TaxReason.REVERSE_CHARGE, null, null));
    }

    private boolean hasOwnId() {
        TaxRegistration home = sale.registration(sale.sellerCountry());
        return home != null && home.taxId() != null;
    }

    private @Nullable List<Levy> origin(TaxedItem item, BuyerKind kind) {
        String home = sale.sellerCountry();
        notes.trace("place of supply", "the seller's own state " + home + ", below the threshold of EUR 10 000");
        List<Levy> levies = new ArrayList<>();
        Authority authority = Authority.of(home, sale.facts().rules());
        return collect(authority, item, kind, item.category(), null, levies) ? levies : null;
    }

    private @Nullable List<Levy> destination(
            TaxedItem item, BuyerKind kind, @Nullable SupplyRule supply, boolean domestic) {
        String named = supply == null ? null : supply.rateCategory();
        ProductCategory category = named == null ? item.category() : new ProductCategory(named);
        List<Levy> levies = new ArrayList<>();
        for (Authority authority : Authority.at(sale, place)) {
            if (!domestic) {
                thresholds.count(authority.registration());
            }
            if (!collect(authority, item, kind, category, supply, levies)) {
                return null;
            }
        }
        if (place.country().equals("US") && sale.registration(place.jurisdiction()) != null) {
            return new RateLookup(sale, kind).collectLocal(item, levies) ? levies : null;
        }
        return levies;
    }

    /** Adds what one authority levies; false at a dead end. */
    private boolean collect(
            Authority authority,
            TaxedItem item,
            BuyerKind kind,
            ProductCategory category,
            @Nullable SupplyRule supply,
            List<Levy> levies) {
        RateLookup lookup = new RateLookup(sale, kind);
        if (lookup.leavesUntouched(authority, category)) {
            return true;
        }
        Authority levying = authority.levying(type -> lookup.absence(authority, type) == null);
        TaxRule absence = lookup.absence(authority, authority.main(TaxType.VAT));
        if (absence != null && levying.hasNoTax()) {
            lookup.note(absence);
            if (levies.isEmpty()) {
                levies.add(outside(authority, absence.type(), TaxReason.OUT_OF_SCOPE));
            }
            return true;
        }
        TaxType main = levying.main(TaxType.VAT);
        boolean released =
                supply != null && supply.treatment() == SupplyRule.Treatment.NOT_SUBJECT && supply.covers(main);
        if (released) {
            levies.add(outside(authority, main, TaxReason.NOT_SUBJECT));
            return true;
        }
        if (!sale.collectsIn(authority.registration())) {
            levies.add(outside(authority, main, thresholds.unregistered(authority.registration())));
            return true;
        }
        if (levying.types().isEmpty()) {
            notes.end(Cause.NO_RATE, item.id(), "no rule speaks of " + authority.jurisdiction());
            return false;
        }
        for (TaxType type : levying.types()) {
            if (!lookup.collect(levying, type, item, category, levies)) {
                return false;
            }
        }
        return true;
    }

    private Levy outside(Authority authority, TaxType type, TaxReason reason) {
        return sale.invoicing().untaxed(authority.shown(type), type, reason, null, null);
    }
}
