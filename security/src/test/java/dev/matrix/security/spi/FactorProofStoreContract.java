package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.security.spi.FactorProofStore.RecoveryCodeRow;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link FactorProofStore} promises. */
public interface FactorProofStoreContract extends StoreContract {

    Owner OWNER = Owner.user("u1");
    Instant START = StoreUnderTest.START;

    private static RecoveryCodeRow code(int slot, int value) {
        return new RecoveryCodeRow(slot, new byte[] {(byte) value}, new byte[] {(byte) value, 1});
    }

    @Test
    @Tag("G29")
    default void aCodeIsUsedOnceAndRenewingVoidsTheFormer() {
        StoreUnderTest<FactorProofStore> proofs = StoreUnderTest.of(this, FactorProofStore.class);
        proofs.run((tx, store) -> store.replaceCodes(tx, OWNER, "s1", List.of(code(0, 5), code(1, 6))));
        List<OtherThread<Boolean>> callers = IntStream.range(0, 8)
                .mapToObj(i -> OtherThread.running(
                        () -> proofs.<Boolean>get((tx, store) -> store.useCode(tx, OWNER, "s1", code(1, 6)))))
                .toList();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(1);
        proofs.run((tx, store) -> {
            assertThat(store.useCode(tx, OWNER, "s1", code(0, 9))).isFalse();
            assertThat(store.useCode(tx, OWNER, "s2", code(0, 5))).isFalse();
            assertThat(store.codes(tx, OWNER, "s1"))
                    .extracting(RecoveryCodeRow::slot)
                    .containsExactly(0);
            assertThat(store.codes(tx, OWNER, "s1").get(0).salt()).containsExactly(5);
            store.replaceCodes(tx, OWNER, "s1", List.of(code(0, 7)));
        });
        proofs.run((tx, store) -> {
            assertThat(store.useCode(tx, OWNER, "s1", code(0, 5))).isFalse();
            assertThat(store.useCode(tx, OWNER, "s1", code(0, 7))).isTrue();
            assertThat(store.codes(tx, OWNER, "s1")).isEmpty();
        });
    }

    @Test
    @Tag("G26")
    default void aProofIsUsedOnceByItsPersonInTime() {
        StoreUnderTest<FactorProofStore> proofs = StoreUnderTest.of(this, FactorProofStore.class);
        proofs.run((tx, store) -> store.insertProof(tx, "p1", OWNER, "s1", START));
        proofs.run((tx, store) -> {
            assertThat(store.useProof(tx, "p1", OWNER, "s2", START)).isFalse();
            assertThat(store.useProof(tx, "p1", Owner.user("u2"), "s1", START)).isFalse();
            assertThat(store.useProof(tx, "p1", OWNER, "s1", START.plusSeconds(1)))
                    .isFalse();
            assertThat(store.useProof(tx, "p2", OWNER, "s1", START)).isFalse();
        });
        List<OtherThread<Boolean>> callers = IntStream.range(0, 8)
                .mapToObj(i -> OtherThread.running(
                        () -> proofs.<Boolean>get((tx, store) -> store.useProof(tx, "p1", OWNER, "s1", START))))
                .toList();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(1);
    }

    @Test
    default void oldProofsAreDeleted() {
        StoreUnderTest<FactorProofStore> proofs = StoreUnderTest.of(this, FactorProofStore.class);
        proofs.run((tx, store) -> {
            store.insertProof(tx, "p1", OWNER, "s1", START);
            store.insertProof(tx, "p2", OWNER, "s1", START.plusSeconds(1));
        });
        assertThat(proofs.<Integer>get((tx, store) -> store.deleteProofs(tx, START.plusSeconds(1), 9)))
                .isEqualTo(1);
        assertThat(proofs.<Boolean>get((tx, store) -> store.useProof(tx, "p2", OWNER, "s1", START)))
                .isTrue();
    }
}
