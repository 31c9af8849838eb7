package dev.matrix.tax.spi;

import dev.matrix.tax.Address;
import dev.matrix.tax.BuyerKind;
import dev.matrix.tax.ProductCategory;
import java.time.LocalDate;

/** Knows the rates below US states: of counties, cities and districts. Called by each calculation; thread-safe and quick. */
public interface LocalRateProvider {

    /** The local rates of a place; {@link LocalRates.Unavailable} rather than a throw when it can't tell. */
    LocalRates lookup(Address address, LocalDate day, ProductCategory category, BuyerKind kind);
}
