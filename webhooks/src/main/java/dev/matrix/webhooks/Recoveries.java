package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.RecoveryRequest.Include;
import dev.matrix.webhooks.spi.RecoveryRow;
import dev.matrix.webhooks.spi.RecoveryRow.Phase;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Recoveries as people start and stop them, one at a time an endpoint: each reads what all owners have published of the
 * endpoint's types.
 *
 * @param started told after a commit that there is one to work on
 */
record Recoveries(WebhookStores stores, Ids ids, InstantSource clock, Runnable started) {

    Recovery start(Tx tx, Owner owner, String endpointId, RecoveryRequest request) {
        Instant now = clock.instant();
        EndpointStatus status =
                stores.endpoint(tx, owner, endpointId, now).row().status();
        if (status != EndpointStatus.ACTIVE) {
            throw new ConflictException(
                    "Endpoint " + endpointId + " is " + status + "; make it ACTIVE before a recovery.");
        }
        Instant until = request.until() == null || request.until().isAfter(now) ? now : request.until();
        if (!request.since().isBefore(until)) {
            throw new InvalidRequestException(
                    "A recovery begins in the past; since (" + request.since() + ") does not lie before " + now + ".");
        }
        Recovery recovery = new Recovery(
                ids.next("whr"),
                endpointId,
                request.include(),
                request.since(),
                until,
                Recovery.State.RUNNING,
                0,
                0,
                now,
                null);
        Phase first = request.include() == Include.MISSED ? Phase.MISSED : Phase.FAILED;
        stores.recoveries()
                .insert(tx, new RecoveryRow(owner, recovery, first, null))
                .ifPresent(running -> {
                    throw new ConflictException("Recovery " + running + " of endpoint " + endpointId
                            + " is running; wait for its end, or stop it.");
                });
        tx.hintAfterCommit(started);
        return recovery;
    }

    Recovery find(Tx tx, Owner owner, String id) {
        return stores.recoveries()
                .find(tx, id)
                .filter(row -> row.owner().equals(owner))
                .map(RecoveryRow::recovery)
                .orElseThrow(() -> new NotFoundException("No recovery " + id + " of " + owner + "."));
    }

    void stop(Tx tx, Owner owner, String id) {
        find(tx, owner, id);
        stores.recoveries().stop(tx, id, clock.instant());
    }
}
