package dev.matrix.testkit;

import dev.matrix.core.Owner;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events as rows, for contracts of stores: short to write, each part changeable. */
record EventRows(
        String id,
        String type,
        Owner owner,
        @Nullable String key,
        String content,
        Instant recordedAt,
        Set<String> queuedFor,
        boolean ownId) {

    static final Owner ADA = Owner.user("u_ada");
    static final Owner BOB = Owner.user("u_bob");

    /** An event of Ada's without a key, queued for nobody. */
    static EventRows event(String id) {
        return new EventRows(id, "payment.succeeded", ADA, null, "{}", StoreUnderTest.START, Set.of(), true);
    }

    EventRows ownedBy(Owner other) {
        return new EventRows(id, type, other, key, content, recordedAt, queuedFor, ownId);
    }

    EventRows ofType(String other) {
        return new EventRows(id, other, owner, key, content, recordedAt, queuedFor, ownId);
    }

    EventRows withKey(String idempotencyKey) {
        return new EventRows(id, type, owner, idempotencyKey, content, recordedAt, queuedFor, ownId);
    }

    EventRows saying(String json) {
        return new EventRows(id, type, owner, key, json, recordedAt, queuedFor, ownId);
    }

    EventRows at(long second) {
        return new EventRows(id, type, owner, key, content, StoreUnderTest.START.plusSeconds(second), queuedFor, ownId);
    }

    EventRows queuedFor(String... subscribers) {
        return new EventRows(id, type, owner, key, content, recordedAt, Set.of(subscribers), ownId);
    }

    /** With an id that the log has just made. */
    EventRows ofMadeId() {
        return new EventRows(id, type, owner, key, content, recordedAt, queuedFor, false);
    }

    EventRow row() {
        byte[] payload = content.getBytes(StandardCharsets.UTF_8);
        return new EventRow(
                id, type, 1, owner, "pay_1", recordedAt.minusSeconds(5), recordedAt, List.of(), key, payload);
    }

    /** The fingerprint is the content itself: equal content, equal fingerprint. */
    NewEvent appended() {
        byte[] fingerprint = new byte[32];
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, fingerprint, 0, Math.min(text.length, fingerprint.length));
        return new NewEvent(row(), fingerprint, queuedFor, queuedFor, ownId);
    }
}
