package dev.matrix.examples.pricing;

import dev.matrix.tax.Address;
import dev.matrix.tax.Buyer;
import dev.matrix.tax.BuyerKind;
import dev.matrix.tax.TaxId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of buyers.csv. */
record Customer(
        String who,
        BuyerKind kind,
        Address address,
        @Nullable TaxId taxId,
        String currency) {

    static Customer of(String[] cells) {
        return new Customer(
                cells[0],
                BuyerKind.valueOf(cells[1]),
                new Address(cells[2], orNull(cells[3]), orNull(cells[4]), null),
                cells[5].isEmpty() ? null : TaxId.parse(cells[5]),
                cells[6]);
    }

    private static @Nullable String orNull(String cell) {
        return cell.isEmpty() ? null : cell;
    }

    Buyer buyer() {
        return new Buyer(null, kind, address, taxId == null ? List.of() : List.of(taxId), List.of());
    }

    String place() {
        return address.region() == null ? address.country() : address.country() + "-" + address.region();
    }
}
