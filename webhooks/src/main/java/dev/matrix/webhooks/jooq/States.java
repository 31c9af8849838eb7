package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static org.jooq.impl.DSL.inline;

import dev.matrix.webhooks.DeliveryState;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;

/** Delivery states as stored. */
final class States {

    static final Param<Short> QUEUED = literal(DeliveryState.QUEUED);
    static final Condition IS_OPEN = isOpen(MATRIX_WEBHOOK_DELIVERY.STATE);
    static final Condition IS_NOT_EXPIRED = MATRIX_WEBHOOK_DELIVERY.STATE.ne(literal(DeliveryState.EXPIRED));

    private States() {}

    static Condition isOpen(Field<Short> state) {
        return state.lt(literal(DeliveryState.DELIVERED));
    }

    private static Param<Short> literal(DeliveryState state) {
        return inline(code(state));
    }

    static short code(DeliveryState state) {
        return switch (state) {
            case QUEUED -> 0;
            case RETRYING -> 1;
            case DELIVERED -> 2;
            case EXHAUSTED -> 3;
            case CANCELLED -> 4;
            case EXPIRED -> 5;
        };
    }

    static DeliveryState of(short code) {
        return switch (code) {
            case 0 -> DeliveryState.QUEUED;
            case 1 -> DeliveryState.RETRYING;
            case 2 -> DeliveryState.DELIVERED;
            case 3 -> DeliveryState.EXHAUSTED;
            case 4 -> DeliveryState.CANCELLED;
            case 5 -> DeliveryState.EXPIRED;
            default -> throw new IllegalStateException("No delivery has state " + code + " in this version.");
        };
    }
}
