package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.StorableText;
import dev.matrix.core.money.Money;

/**
 * One position of a document.
 *
 * @param id unique in the document, 1 to 64 characters
 * @param amount the whole position's, not a unit's; negative for what is taken off
 * @param spread whether it is a discount or charge of the document, allocated to the lines by amount before tax
 */
public record TaxedItem(String id, Money amount, AmountKind kind, ProductCategory category, boolean spread) {

    private static final int LONGEST_ID = 64;

    /** @throws InvalidRequestException if the id is blank or too long */
    public TaxedItem {
        requireNonNull(amount, "amount");
        requireNonNull(kind, "kind");
        requireNonNull(category, "category");
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new InvalidRequestException(
                    "An item's id has 1 to " + LONGEST_ID + " characters; this one has " + id.length() + ".");
        }
        StorableText.require(id, "An item's id");
    }

    /** A line before tax. */
    public static TaxedItem net(String id, Money amount, ProductCategory category) {
        return new TaxedItem(id, amount, AmountKind.NET, category, false);
    }

    /** A line that holds its tax. */
    public static TaxedItem gross(String id, Money amount, ProductCategory category) {
        return new TaxedItem(id, amount, AmountKind.GROSS, category, false);
    }

    /** A discount (negative) or charge of the whole document, of the lines' kind. */
    public static TaxedItem spread(String id, Money amount, AmountKind kind) {
        return new TaxedItem(id, amount, kind, ProductCategory.STANDARD, true);
    }
}
