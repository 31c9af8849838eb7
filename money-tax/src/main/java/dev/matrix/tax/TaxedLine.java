package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.util.List;

/**
 * One line with its taxes; net + tax = gross. Document discounts and charges are inside.
 *
 * @param id the item's
 * @param tax of all components but withholding
 */
public record TaxedLine(String id, Money net, Money tax, Money gross, List<LineTax> taxes) {

    public TaxedLine {
        taxes = List.copyOf(taxes);
    }
}
