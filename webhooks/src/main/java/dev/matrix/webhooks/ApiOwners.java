package dev.matrix.webhooks;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.RecoveryRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom a call by an id alone is for: the caller's own owner, or for an operator the owner that the row names (H11). Another's
 * id is not found, as if it did not exist.
 */
record ApiOwners(WebhookStores stores) {

    /** @param tx the call's; null: it has none, as a GET */
    Owner ofEndpoint(ApiContext context, @Nullable Tx tx, String id) {
        return owner(
                context,
                tx,
                "endpoint",
                id,
                open -> stores.endpoints().load(open, List.of(id), context.now()).stream()
                        .map(loaded -> loaded.row().owner())
                        .findFirst());
    }

    Owner ofDelivery(ApiContext context, @Nullable Tx tx, String id) {
        return owner(
                context,
                tx,
                "delivery",
                id,
                open -> stores.deliveries().find(open, id).map(DeliveryRow::owner));
    }

    Owner ofRecovery(ApiContext context, @Nullable Tx tx, String id) {
        return owner(
                context,
                tx,
                "recovery",
                id,
                open -> stores.recoveries().find(open, id).map(RecoveryRow::owner));
    }

    private Owner owner(
            ApiContext context, @Nullable Tx tx, String what, String id, Function<Tx, Optional<Owner>> look) {
        Optional<Owner> own = context.ownerFilter(null);
        if (own.isPresent()) {
            return own.get();
        }
        Optional<Owner> found = tx == null ? stores.transactions().returning(look) : look.apply(tx);
        return found.orElseThrow(() -> new NotFoundException("No " + what + " " + id + "."));
    }
}
