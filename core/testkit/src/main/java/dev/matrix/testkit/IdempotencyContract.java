package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.idempotency.IdempotentResult;
import dev.matrix.core.idempotency.IdempotentResult.Executed;
import dev.matrix.core.idempotency.IdempotentResult.InProgress;
import dev.matrix.core.idempotency.IdempotentResult.Replayed;
import dev.matrix.core.idempotency.IdempotentResult.Reused;
import dev.matrix.core.idempotency.StoredReply;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.IdempotencyStore.Claim;
import dev.matrix.core.spi.IdempotencyStore.IdempotencyRow;
import dev.matrix.core.spi.IdempotencyStore.Reply;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers of {@code matrix.idempotency()} are promised over any storage. */
public interface IdempotencyContract extends StoreContract {

    /** A secret of the reply, which no table may show. */
    String SECRET = "whsec_of_the_reply";

    private static IdempotentCall call(Matrix matrix, Owner account, String key, String json) {
        return IdempotentCall.of(account, "topUp", key, matrix.json().parse(json.getBytes(UTF_8)));
    }

    private static IdempotentCall call(Matrix matrix, String json) {
        return call(matrix, EventRows.ADA, "k1", json);
    }

    private static Function<Tx, StoredReply> noting(Nodes nodes, String text) {
        return tx -> {
            nodes.note(tx, text);
            return new StoredReply(
                    201,
                    Map.of("Location", "/v1/top-ups/" + text, "ETag", "\"1\""),
                    (SECRET + text).getBytes(UTF_8),
                    "2026-11-01");
        };
    }

    private static StoredReply executed(IdempotentResult result) {
        assertThat(result).isInstanceOf(Executed.class);
        return ((Executed) result).reply();
    }

    @Test
    @Tag("H16")
    default void aSecondCallGetsTheFirstOnesReplyByteForByteOnAnyNode() {
        Nodes nodes = new Nodes(this);
        Matrix one = nodes.node();
        Matrix two = nodes.node();

        StoredReply first = executed(one.idempotency().once(call(one, "{}"), noting(nodes, "first")));
        IdempotentResult second = two.idempotency().once(call(two, "{}"), noting(nodes, "second"));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Replayed.class,
                        replayed -> assertThat(replayed.reply())
                                .usingRecursiveComparison()
                                .isEqualTo(first));
        assertThat(nodes.notes()).containsExactly("first");
    }

    @Test
    @Tag("C14")
    default void anotherContentUnderTheSameKeyIsRefusedAndTheWayItIsWrittenIsNot() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        matrix.idempotency().once(call(matrix, "{\"a\":1.0,\"b\":[true]}"), noting(nodes, "first"));

        assertThat(matrix.idempotency().once(call(matrix, " {\"b\": [true], \"a\": 1} "), noting(nodes, "again")))
                .isInstanceOf(Replayed.class);
        assertThat(matrix.idempotency().once(call(matrix, "{\"a\":1.1,\"b\":[true]}"), noting(nodes, "other")))
                .isInstanceOf(Reused.class);
        assertThat(nodes.notes()).containsExactly("first");
    }

    @Test
    @Tag("C14")
    default void twoAccountsWithOneKeyHaveTwoEffects() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();

        executed(matrix.idempotency().once(call(matrix, EventRows.ADA, "k1", "{}"), noting(nodes, "ada's")));
        executed(matrix.idempotency().once(call(matrix, EventRows.BOB, "k1", "{}"), noting(nodes, "bob's")));

        assertThat(nodes.notes()).containsExactly("ada's", "bob's");
    }

    @Test
    @Tag("C14")
    @Tag("H15")
    default void workThatThrowsLeavesNothingAndTheNextCallRuns() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        Function<Tx, StoredReply> refused = tx -> {
            nodes.note(tx, "refused");
            throw new IllegalStateException("422");
        };

        assertThatThrownBy(() -> matrix.idempotency().once(call(matrix, "{\"wrong\":1}"), refused))
                .hasMessage("422");

        executed(matrix.idempotency().once(call(matrix, "{}"), noting(nodes, "right")));
        assertThat(nodes.notes()).containsExactly("right");
    }

    @Test
    @Tag("C13")
    default void ofAHundredCallsAtOnceOnTwoNodesOneHasAnEffect() {
        Nodes nodes = new Nodes(this);
        List<Matrix> both = List.of(nodes.node(), nodes.node());
        CountDownLatch go = new CountDownLatch(1);
        List<OtherThread<IdempotentResult>> callers = IntStream.range(0, 100)
                .mapToObj(n -> OtherThread.running(() -> {
                    Matrix matrix = both.get(n % 2);
                    OtherThread.await(go);
                    return matrix.idempotency().once(call(matrix, "{}"), noting(nodes, "caller " + n));
                }))
                .toList();
        go.countDown();

        List<IdempotentResult> results = callers.stream().map(OtherThread::join).toList();

        assertThat(results).filteredOn(Executed.class::isInstance).hasSize(1);
        assertThat(nodes.notes()).hasSize(1);
        byte[] told = (SECRET + nodes.notes().get(0)).getBytes(UTF_8);
        assertThat(results)
                .filteredOn(result -> !(result instanceof InProgress))
                .allSatisfy(result -> assertThat(
                                result instanceof Replayed replayed
                                        ? replayed.reply().body()
                                        : executed(result).body())
                        .isEqualTo(told));
    }

    @Test
    @Tag("C15")
    default void aProcessThatDiesBeforeTheCommitLeavesNeitherEffectNorClaim() {
        Nodes nodes = new Nodes(this);
        Matrix dying = nodes.node();
        Matrix other = nodes.node();

        assertThatThrownBy(() -> dying.idempotency().once(call(dying, "{}"), tx -> {
                    nodes.note(tx, "lost");
                    throw new Nodes.Death();
                }))
                .isInstanceOf(Nodes.Death.class);

        executed(other.idempotency().once(call(other, "{}"), noting(nodes, "done")));
        assertThat(nodes.notes()).containsExactly("done");
    }

    @Test
    @Tag("C15")
    default void aReplyIsNowhereInPlain() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        IdempotentCall call = call(matrix, "{}");
        matrix.idempotency().once(call, noting(nodes, "first"));

        IdempotencyRow again = new IdempotencyRow(
                call.account(), call.operation(), call.key(), call.fingerprint(), StoreUnderTest.START, null);
        Claim found = nodes.stores()
                .transactions()
                .returning(tx -> nodes.stores()
                        .get(IdempotencyStore.class)
                        .claim(tx, again, StoreUnderTest.START, Duration.ZERO));

        assertThat(found)
                .isInstanceOfSatisfying(
                        Claim.Present.class,
                        present -> assertThat(present.row().reply())
                                .isInstanceOfSatisfying(
                                        Reply.class,
                                        reply -> assertThat(new String(reply.sealedBody(), UTF_8))
                                                .doesNotContain(SECRET)));
    }

    @Test
    @Tag("H16")
    default void aKeyIsFreeAgainAfterThreeDays() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();
        matrix.idempotency().once(call(matrix, "{\"day\":1}"), noting(nodes, "first"));

        nodes.after(Duration.ofHours(71), matrix);
        assertThat(matrix.idempotency().once(call(matrix, "{\"day\":1}"), noting(nodes, "third day")))
                .isInstanceOf(Replayed.class);
        nodes.after(Duration.ofHours(2), matrix);
        executed(matrix.idempotency().once(call(matrix, "{\"day\":4}"), noting(nodes, "fourth day")));

        assertThat(nodes.notes()).containsExactly("first", "fourth day");
    }

    @Test
    default void onceInsideATransactionIsRefused() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node();

        assertThatThrownBy(() -> matrix.transactions()
                        .inTransaction(tx -> matrix.idempotency().once(call(matrix, "{}"), noting(nodes, "nested"))))
                .isInstanceOf(IllegalStateException.class);
    }
}
