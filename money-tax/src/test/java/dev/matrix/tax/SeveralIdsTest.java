package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.tax.TaxIdProof.Standing;
import dev.matrix.tax.TaxIdProof.State;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A business that shows several tax ids of one country. */
@Tag("TD6")
class SeveralIdsTest {

    private static final TaxId ONE = TaxId.parse("FR87314159260");
    private static final TaxId OTHER = TaxId.parse("FR40303265045");

    private static TaxCalculation sale(State one, State other, TaxId... shown) {
        Map<TaxId, Standing> standings = Map.of(ONE, new Standing(one, null), OTHER, new Standing(other, null));
        TaxIdProof proof = id -> standings.getOrDefault(id, new Standing(State.INVALID, null));
        try (Shop shop = Shop.of(Shop.germanWithShop(), wiring -> wiring.proof(proof))) {
            return shop.sell("2026-03-01", Buyer.business(Address.of("FR"), shown), Shop.net("100.00", "EUR"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VALID, INVALID, REVERSE_CHARGE",
        "VALID, PENDING, REVERSE_CHARGE",
        "PENDING, INVALID, STANDARD",
        "INVALID, INVALID, STANDARD"
    })
    void theBestProofCountsInAnyOrder(State one, State other, TaxReason expected) {
        TaxCalculation forth = sale(one, other, ONE, OTHER);
        TaxCalculation back = sale(one, other, OTHER, ONE);

        assertThat(forth.groups()).extracting(TaxGroup::reason).containsExactly(expected);
        assertThat(back.groups()).isEqualTo(forth.groups());
        assertThat(back.warnings()).isEqualTo(forth.warnings());
        assertThat(forth.warnings().contains(Warning.TAX_ID_PENDING))
                .isEqualTo(one == State.PENDING && expected == TaxReason.STANDARD);
    }

    @Test
    void anIdOfAnotherCountryProvesNothing() {
        assertThat(sale(State.VALID, State.VALID, Shop.DE_ID).groups())
                .extracting(TaxGroup::reason)
                .containsExactly(TaxReason.STANDARD);
    }
}
