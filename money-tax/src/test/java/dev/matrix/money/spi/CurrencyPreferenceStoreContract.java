package dev.matrix.money.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link CurrencyPreferenceStore} promises. */
public interface CurrencyPreferenceStoreContract extends StoreContract {

    Owner ALICE = Owner.user("alice");
    Owner BOB = Owner.partner("bob");

    @Test
    default void anOwnerHasOnePreferenceThatIsReplacedByVersion() {
        StoreUnderTest<CurrencyPreferenceStore> store = StoreUnderTest.of(this, CurrencyPreferenceStore.class);
        PreferenceRow euro = new PreferenceRow(ALICE, 1, "EUR", "de-DE");
        PreferenceRow yen = new PreferenceRow(ALICE, 2, "JPY", null);

        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, euro))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, euro))).isFalse();
        assertThat(store.<List<PreferenceRow>>get((tx, s) -> s.find(tx, List.of(ALICE, BOB, ALICE))))
                .containsExactly(euro);
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, yen))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, yen))).isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, new PreferenceRow(BOB, 2, "EUR", null))))
                .isFalse();
        assertThat(store.<List<PreferenceRow>>get((tx, s) -> s.find(tx, List.of(ALICE))))
                .containsExactly(yen);
        assertThat(store.<List<PreferenceRow>>get((tx, s) -> s.find(tx, List.of())))
                .isEmpty();
    }

    @Test
    default void whatIsDeletedIsGoneAndMayBeAddedAgain() {
        StoreUnderTest<CurrencyPreferenceStore> store = StoreUnderTest.of(this, CurrencyPreferenceStore.class);
        PreferenceRow row = new PreferenceRow(BOB, 1, "EUR", null);
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.delete(tx, BOB))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.delete(tx, BOB))).isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row))).isTrue();
    }
}
