package dev.matrix.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.idempotency.IdempotentResult;
import dev.matrix.core.idempotency.StoredReply;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.spi.ClaimTimeoutException;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the contracts can't bring about over every storage. */
class StoredIdempotencyTest {

    private static final IdempotentCall CALL = IdempotentCall.of(Owner.user("u_1"), "topUp", "k1", new JsonNull());

    /** Another node's transaction has claimed every key, and doesn't end. */
    private static final class Claimed implements IdempotencyStore {

        @Override
        public Claim claim(Tx tx, IdempotencyRow row, Instant now, Duration patience) {
            throw new ClaimTimeoutException(new SQLTimeoutException());
        }

        @Override
        public void complete(Tx tx, IdempotencyRow row) {
            throw new AssertionError("nothing was claimed");
        }

        @Override
        public int purge(Tx tx, Instant before, int limit) {
            return 0;
        }
    }

    @Test
    @Tag("H16")
    void aCallThatWaitedForAnotherNodeInVainIsInProgress() {
        Stores stores = Stores.inMemory().with(IdempotencyStore.class, new Claimed());
        try (Matrix matrix = Matrix.builder().stores(stores).build()) {
            assertThat(matrix.idempotency().once(CALL, tx -> {
                        throw new AssertionError("it isn't this call's turn");
                    }))
                    .isEqualTo(new IdempotentResult.InProgress());
        }
    }

    @Test
    @Tag("H16")
    void aReplyWithoutHeadersComesBackWithout() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            matrix.idempotency().once(CALL, tx -> StoredReply.of(200, "done".getBytes(UTF_8)));

            assertThat(matrix.idempotency().once(CALL, tx -> StoredReply.of(200, new byte[0])))
                    .isInstanceOfSatisfying(IdempotentResult.Replayed.class, replayed -> {
                        assertThat(replayed.reply().headers()).isEmpty();
                        assertThat(replayed.reply().version()).isEmpty();
                        assertThat(replayed.reply().body()).asString().isEqualTo("done");
                    });
        }
    }
}
