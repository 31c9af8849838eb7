package dev.matrix.tax.spi;

import dev.matrix.tax.TaxRule;
import java.util.stream.Stream;

/** Where rules come from: the shipped seed is one; hosts add more. Read when {@code Taxes} is built, and by {@code importFrom}. */
public interface TaxRuleSource {

    /** Names the state of its rules; another text where they differ. */
    String version();

    /** All its rules; closed by the reader. */
    Stream<TaxRule> rules();
}
