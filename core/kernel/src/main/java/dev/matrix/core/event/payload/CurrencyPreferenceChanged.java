package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Currency;
import org.jspecify.annotations.Nullable;

/**
 * {@code currency_preference.changed}: an owner is billed in another currency or locale.
 *
 * @param locale a language tag (BCP 47), such as de-DE
 */
public record CurrencyPreferenceChanged(
        String id, Owner owner, Currency currency, @Nullable String locale) implements EventPayload {

    public CurrencyPreferenceChanged {
        Checks.subject(id, owner);
    }

    @Override
    public EventType type() {
        return EventTypes.CURRENCY_PREFERENCE_CHANGED;
    }
}
