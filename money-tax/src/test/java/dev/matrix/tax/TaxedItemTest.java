package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxedItemTest {

    /** Said at once, rather than by the one store that can't hold it, when the document is committed. */
    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "half \uD83D", " "})
    void anIdThatNotEveryStoreHoldsIsRefused(String id) {
        Money price = Money.of("1.00", "EUR");
        assertThatThrownBy(() -> TaxedItem.net(id, price, ProductCategory.SAAS))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("item's id");
    }
}
