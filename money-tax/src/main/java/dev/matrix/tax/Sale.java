package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One document on its way through the determination: what is known of it, and what it counts for. Not thread-safe. */
record Sale(
        TaxRequest request,
        SellerProfile seller,
        Settings settings,
        Facts facts,
        Place place,
        LocalDate day,
        Notes notes,
        Invoicing invoicing,
        Money amount,
        Set<String> counted) {

    static Sale of(
            TaxRequest request,
            SellerProfile seller,
            Settings settings,
            Facts facts,
            Place place,
            LocalDate day,
            Notes notes) {
        Geography geography = settings.geography();
        boolean european =
                geography.isEu(geography.governing(seller.establishment().country()))
                        || (geography.isEu(place.country()) && !place.outsideEu());
        Money sum = Money.zero(request.currency());
        for (TaxedItem item : request.items()) {
            sum = sum.plus(item.amount());
        }
        return new Sale(
                request,
                seller,
                settings,
                facts,
                place,
                day,
                notes,
                new Invoicing(european),
                signed(request.kind(), sum),
                new TreeSet<>());
    }

    /** What a document adds to turnover: a credit note takes off, however its amounts are signed. */
    static Money signed(DocumentKind kind, Money amount) {
        return kind == DocumentKind.CREDIT_NOTE ? amount.abs().negated() : amount;
    }

    String sellerCountry() {
        return settings.geography().governing(seller.establishment().country());
    }

    boolean isDomestic() {
        return sellerCountry().equals(place.country());
    }

    boolean sellerIsEuropean() {
        return settings.geography().isEu(sellerCountry());
    }

    /** The registration in exactly this jurisdiction that holds on the tax date; null where there is none. */
    @Nullable
    TaxRegistration registration(String jurisdiction) {
        TaxRegistration own = find(jurisdiction, seller.registrations());
        return own != null ? own : find(jurisdiction, facts.registrations());
    }

    private @Nullable TaxRegistration find(String jurisdiction, Iterable<TaxRegistration> registrations) {
        for (TaxRegistration registration : registrations) {
            if (registration.jurisdiction().equals(jurisdiction) && registration.holds(day)) {
                return registration;
            }
        }
        return null;
    }

    /** Whether the seller may collect in a territory outside the EU's VAT. */
    boolean collectsOutsideEu() {
        return registration(place.jurisdiction()) != null
                || registration(place.spot().registration()) != null;
    }

    /** Whether one of the EU's shops lets the seller collect in other member states. */
    boolean hasShop() {
        TaxScheme scheme = sellerIsEuropean() ? TaxScheme.UNION_OSS : TaxScheme.NON_UNION_OSS;
        for (Iterable<TaxRegistration> all : List.of(seller.registrations(), facts.registrations())) {
            for (TaxRegistration registration : all) {
                if (registration.scheme() == scheme && registration.holds(day)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the seller joined the Union's shop in this calendar year or the last, though it may have left it since. */
    boolean isBoundByShop() {
        return Stream.of(seller.registrations(), facts.registrations())
                .flatMap(List::stream)
                .filter(each -> each.scheme() == TaxScheme.UNION_OSS)
                .anyMatch(each -> !each.from().isAfter(day) && each.from().getYear() >= day.getYear() - 1);
    }

    /** Whether the seller may collect there: registered in that jurisdiction, in its country, or through a shop. */
    boolean collectsIn(String jurisdiction) {
        if (registration(jurisdiction) != null) {
            return true;
        }
        String country = Jurisdictions.country(jurisdiction);
        if (country.equals("US") || country.equals("CA")) {
            return false;
        }
        return registration(country) != null
                || (settings.geography().isEu(country) && !country.equals(sellerCountry()) && hasShop());
    }
}
