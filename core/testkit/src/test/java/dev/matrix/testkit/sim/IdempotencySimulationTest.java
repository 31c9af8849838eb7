package dev.matrix.testkit.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.idempotency.IdempotentResult;
import dev.matrix.core.idempotency.StoredReply;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.IdempotencyStore.Claim;
import dev.matrix.core.spi.IdempotencyStore.IdempotencyRow;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Work is done once a key, whatever crashes. */
class IdempotencySimulationTest {

    private static final Owner ACCOUNT = Owner.user("u_1");
    private static final int KEYS = 12;

    /** Callers who send each key again and again, on any of three nodes. */
    private static final class Callers {

        private final MemoryTable<String, Integer> effects = new MemoryTable<>();
        private int replayed;

        SimulationBuilder seeded(long seed) {
            return Simulation.seeded(seed)
                    .nodes(3, node -> node.builder().build())
                    .faults(Faults.standard().withCrash(0.05))
                    .action("call", Duration.ofMillis(300), this::call)
                    .always("effect and claim, or neither", this::check);
        }

        private static IdempotentCall call(String key) {
            return IdempotentCall.of(ACCOUNT, "topUp", key, new JsonString(key));
        }

        private void call(SimulatedNode node) {
            String key = "k" + node.random().nextInt(KEYS);
            IdempotentResult result = node.matrix().idempotency().once(call(key), tx -> {
                Integer former = effects.get(tx, key);
                effects.put(tx, key, former == null ? 1 : former + 1);
                return StoredReply.of(201, key.getBytes(UTF_8));
            });
            if (result instanceof IdempotentResult.Replayed replay) {
                assertThat(replay.reply().body()).isEqualTo(key.getBytes(UTF_8));
                replayed++;
            }
        }

        private void check(Simulation simulation) {
            new StoreUnderTest<>(simulation.stores(), IdempotencyStore.class).rollBack((tx, store) -> {
                for (int i = 0; i < KEYS; i++) {
                    IdempotentCall call = call("k" + i);
                    IdempotencyRow probe = new IdempotencyRow(
                            ACCOUNT, call.operation(), call.key(), call.fingerprint(), simulation.now(), null);
                    Claim claim = store.claim(tx, probe, simulation.now(), Duration.ZERO);
                    assertThat(effects.get(tx, call.key()))
                            .as("effects of %s", call.key())
                            .isEqualTo(claim instanceof Claim.Present ? 1 : null);
                }
            });
        }
    }

    @Test
    @Tag("C15")
    @Tag("H15")
    void effectAndClaimCommitTogetherOrNotAtAll() {
        LongAdder replayed = new LongAdder();
        Seeds.run(30, seed -> {
            Callers callers = new Callers();
            callers.seeded(seed).build().run(Duration.ofSeconds(20)).settle(Duration.ofMinutes(5));
            replayed.add(callers.replayed);
        });
        assertThat(replayed.sum()).as("enough was called").isPositive();
    }
}
