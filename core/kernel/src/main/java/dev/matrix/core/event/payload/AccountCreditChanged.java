package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code account_credit.changed}: a customer's credit balance moved.
 *
 * @param amount positive when credit was added, negative when it was spent
 * @param balance after this
 * @param cause in lower snake case, such as refund
 * @param legId the refund leg that added it
 */
public record AccountCreditChanged(
        String id,
        Owner owner,
        Money amount,
        Money balance,
        String cause,
        @Nullable String legId,
        Instant at) implements EventPayload {

    public AccountCreditChanged {
        Checks.subject(id, owner);
        Checks.sameCurrency(amount, balance, "AccountCreditChanged.balance");
        Checks.word(cause, "AccountCreditChanged.cause");
    }

    @Override
    public EventType type() {
        return EventTypes.ACCOUNT_CREDIT_CHANGED;
    }
}
