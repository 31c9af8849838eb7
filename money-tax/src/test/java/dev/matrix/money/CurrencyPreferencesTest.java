package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import dev.matrix.testkit.ScriptedTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which currency an owner is billed in. */
@Tag("X13")
class CurrencyPreferencesTest {

    private static final Owner ALICE = Owner.user("alice");
    private static final Owner SHOP = Owner.partner("shop");

    private final Bank bank = Bank.at("2026-01-12T15:10:00Z", ScriptedTransport.held());
    private final CurrencyPreferences preferences = CurrencyPreferences.on(bank.matrix);

    private static CurrencyPreference of(Owner owner, String code) {
        return CurrencyPreference.of(owner, Bank.currency(code), "de-DE");
    }

    @Test
    void theFirstOwnerThatPrefersSomethingDecidesElseTheHost() {
        assertThat(preferences.resolve(ALICE, SHOP)).isEqualTo(Bank.currency("USD"));
        preferences.put(of(SHOP, "JPY"), 0);
        assertThat(preferences.resolve(ALICE, SHOP)).isEqualTo(Bank.currency("JPY"));
        preferences.put(of(ALICE, "EUR"), 0);
        assertThat(preferences.resolve(ALICE, SHOP)).isEqualTo(Bank.currency("EUR"));
        assertThat(CurrencyPreferences.on(bank.matrix, Bank.currency("INR")).resolve(Owner.user("bob")))
                .isEqualTo(Bank.currency("INR"));
    }

    @Test
    void aChangeNamesTheVersionThatItReplacesAndIsTold() {
        CurrencyPreference first = preferences.put(of(ALICE, "EUR"), 0);
        CurrencyPreference second = preferences.put(of(ALICE, "JPY"), first.version());

        assertThat(first.version()).isEqualTo(1);
        assertThat(preferences.find(ALICE)).hasValue(second);
        assertThat(second.version()).isEqualTo(2);
        assertThatThrownBy(() -> preferences.put(of(ALICE, "USD"), 1)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> preferences.put(of(ALICE, "USD"), 0)).isInstanceOf(ConflictException.class);
        assertThat(preferences.find(ALICE)).hasValue(second);
        assertThat(bank.events()).containsExactly("currency_preference.changed", "currency_preference.changed");
        assertThat(preferences.find(SHOP)).isEmpty();
    }

    @Test
    void whatThisMatrixCannotBillIsRefused() {
        Currency coarse = new Currency("EUR", 0, Currency.Kind.FIAT);

        assertThatThrownBy(() -> preferences.put(CurrencyPreference.of(ALICE, coarse, null), 0))
                .isInstanceOf(InvalidRequestException.class);
        for (String locale : new String[] {"", "german!", "de_DE", "x".repeat(65)}) {
            assertThatThrownBy(() -> CurrencyPreference.of(ALICE, Bank.currency("EUR"), locale))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void anErasedOwnersPreferenceIsGone() {
        preferences.put(of(ALICE, "EUR"), 0);
        assertThat(erase()).isTrue();
        assertThat(preferences.find(ALICE)).isEmpty();
        assertThat(erase()).isFalse();
    }

    private boolean erase() {
        return bank.matrix.transactions().returning(tx -> preferences.erase(tx, ALICE));
    }
}
