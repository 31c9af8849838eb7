package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.Stores;
import org.junit.jupiter.api.Test;

/** What a wiring of taxes refuses. */
class TaxesBuilderTest {

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();

    @Test
    void twoSellersOfOneIdAndTwoRoundingsOfOneJurisdictionAreRefusedTogether() {
        TaxesBuilder builder = Taxes.on(matrix)
                .seller(Shop.german())
                .seller(Shop.american())
                .rounding("DE", RoundingPolicy.standard())
                .rounding("DE", RoundingPolicy.standard())
                .outsideScope("UK");

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("Two sellers have the id " + Shop.SELLER, "The taxes of DE", "GB");
    }

    @Test
    void aMissingSellerIsToldBesideTheValues() {
        assertThatThrownBy(Taxes.on(matrix).outsideScope("UK")::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("SellerProfile.of(…)", "GB");
    }
}
