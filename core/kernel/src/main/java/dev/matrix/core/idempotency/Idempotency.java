package dev.matrix.core.idempotency;

import dev.matrix.core.spi.Tx;
import java.util.function.Function;

/**
 * Does work once a key: its effect, its events, the claim of the key and the reply that later calls get commit together,
 * so there is no outcome that nobody knows. Thread-safe.
 *
 * <pre>{@code
 * IdempotentResult result = matrix.idempotency().once(
 *         IdempotentCall.of(owner, "topUp", key, matrix.json().parse(body)),
 *         tx -> StoredReply.of(200, topUps.add(tx, owner, amount)));
 * }</pre>
 */
public interface Idempotency {

    /**
     * Runs {@code work} in a transaction of its own unless a call with this account, operation and key has committed in
     * the last 72 hours; its reply is given again instead. Of calls at the same time one works and the others wait for it,
     * 5 seconds at most, holding no connection while it works on this node.
     *
     * <p>What rolls back leaves no claim, so the key is free again: whatever {@code work} throws passes through. It must
     * not call an outside system; steps do that, once the transaction has committed.
     *
     * @throws IllegalStateException inside a transaction
     * @throws dev.matrix.core.spi.KeyUnavailableException when this node can't seal or open replies now
     */
    IdempotentResult once(IdempotentCall call, Function<Tx, StoredReply> work);
}
