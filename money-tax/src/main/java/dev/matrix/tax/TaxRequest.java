package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document whose tax is wanted.
 *
 * @param currency of all items
 * @param items 1 to 10,000, at least one of them a line
 * @param taxCurrency the currency that the tax is also stated in; null: none
 * @param knownAt rules as they were recorded by then; null (default): now
 * @param overrides the host's own decisions; none by default
 */
public record TaxRequest(
        String sellerId,
        DocumentKind kind,
        Currency currency,
        TaxPoint taxPoint,
        Buyer buyer,
        List<TaxedItem> items,
        @Nullable Currency taxCurrency,
        @Nullable Instant knownAt,
        List<TaxOverride> overrides) {

    private static final int MOST_ITEMS = 10_000;

    /** @throws InvalidRequestException if ids repeat, a currency differs, or an override names no item */
    public TaxRequest {
        requireNonNull(sellerId, "sellerId");
        requireNonNull(kind, "kind");
        requireNonNull(currency, "currency");
        requireNonNull(taxPoint, "taxPoint");
        requireNonNull(buyer, "buyer");
        items = List.copyOf(items);
        overrides = List.copyOf(overrides);
        if (items.size() > MOST_ITEMS || items.stream().allMatch(TaxedItem::spread)) {
            throw new InvalidRequestException("A document has 1 to " + MOST_ITEMS
                    + " items, and not only discounts and charges; this one has " + items.size() + ".");
        }
        Set<String> ids = new HashSet<>();
        for (TaxedItem item : items) {
            if (!item.amount().currency().equals(currency)) {
                throw new InvalidRequestException("Item " + item.id() + " is in "
                        + item.amount().currency().code() + ", the document in " + currency.code()
                        + "; convert it first.");
            }
            if (!ids.add(item.id())) {
                throw new InvalidRequestException(
                        "Two items are called " + item.id() + "; an id is unique in a document.");
            }
        }
        for (TaxOverride override : overrides) {
            if (!ids.contains(override.item())) {
                throw new InvalidRequestException(
                        "An override names item " + override.item() + ", which is not there.");
            }
        }
    }

    TaxRequest boughtBy(Buyer other) {
        return new TaxRequest(sellerId, kind, currency, taxPoint, other, items, taxCurrency, knownAt, overrides);
    }

    /** Starts an invoice; items are added to it. */
    public static Builder invoice(String sellerId, Currency currency, TaxPoint taxPoint, Buyer buyer) {
        return new Builder(sellerId, DocumentKind.INVOICE, currency, taxPoint, buyer);
    }

    /** Starts a credit note; items are added to it. */
    public static Builder creditNote(String sellerId, Currency currency, TaxPoint taxPoint, Buyer buyer) {
        return new Builder(sellerId, DocumentKind.CREDIT_NOTE, currency, taxPoint, buyer);
    }

    /** Collects the items and what is optional. Not thread-safe. */
    public static final class Builder {

        private final String sellerId;
        private final DocumentKind kind;
        private final Currency currency;
        private final TaxPoint taxPoint;
        private final Buyer buyer;
        private final List<TaxedItem> items = new ArrayList<>();
        private final List<TaxOverride> overrides = new ArrayList<>();
        private @Nullable Currency taxCurrency;
        private @Nullable Instant knownAt;

        private Builder(String sellerId, DocumentKind kind, Currency currency, TaxPoint taxPoint, Buyer buyer) {
            this.sellerId = sellerId;
            this.kind = kind;
            this.currency = currency;
            this.taxPoint = taxPoint;
            this.buyer = buyer;
        }

        public Builder item(TaxedItem item) {
            items.add(item);
            return this;
        }

        public Builder items(List<TaxedItem> more) {
            items.addAll(more);
            return this;
        }

        /** States the tax in this currency too. */
        public Builder taxCurrency(Currency other) {
            taxCurrency = other;
            return this;
        }

        /** Applies the rules as they were recorded by then. */
        public Builder knownAt(Instant instant) {
            knownAt = instant;
            return this;
        }

        public Builder override(TaxOverride override) {
            overrides.add(override);
            return this;
        }

        public TaxRequest build() {
            return new TaxRequest(sellerId, kind, currency, taxPoint, buyer, items, taxCurrency, knownAt, overrides);
        }
    }
}
