package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.StorageException;
import dev.matrix.security.spi.AuditTreeStore.AuditCheckpointRow;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.TreeHash;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditTreeStore} promises. */
public interface AuditTreeStoreContract extends StoreContract {

    @Test
    @Tag("G35")
    default void aHeadIsMadeOnceAndReplaced() {
        StoreUnderTest<AuditTreeStore> trees = StoreUnderTest.of(this, AuditTreeStore.class);
        trees.run((tx, store) -> assertThat(store.head(tx, "main")).isEmpty());
        trees.run((tx, store) -> {
            AuditHead head = store.lockHead(tx, "main");
            assertThat(head.size()).isZero();
            assertThat(head.root()).isEqualTo(TreeHash.ofNothing().bytes());
            assertThat(head.state()).isEqualTo("ACTIVE");
            byte[] root = TreeHash.ofLeaf(new byte[] {1}).bytes();
            store.replaceHead(tx, new AuditHead("main", 7, root, "HALTED"));
        });
        trees.rollBack((tx, store) -> {
            AuditHead head = store.lockHead(tx, "main");
            store.replaceHead(tx, new AuditHead("main", 8, head.root(), "ACTIVE"));
        });
        trees.run((tx, store) -> {
            AuditHead head = store.lockHead(tx, "main");
            assertThat(head.size()).isEqualTo(7);
            assertThat(head.state()).isEqualTo("HALTED");
            assertThat(head.root()).isEqualTo(TreeHash.ofLeaf(new byte[] {1}).bytes());
        });
    }

    @Test
    @Tag("G35")
    @Tag("SE37")
    default void whoLocksTheHeadSecondSeesWhatTheFirstCommitted() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<AuditTreeStore> trees = StoreUnderTest.of(this, AuditTreeStore.class);
        trees.run((tx, store) -> store.lockHead(tx, "main"));
        OtherThread<Long> other = trees.get((tx, store) -> {
            AuditHead head = store.lockHead(tx, "main");
            OtherThread<Long> second = OtherThread.running(() -> trees.get((tx2, store2) -> {
                AuditHead seen = store2.lockHead(tx2, "main");
                store2.replaceHead(tx2, new AuditHead("main", seen.size() + 1, seen.root(), "ACTIVE"));
                return seen.size();
            }));
            store.replaceHead(tx, new AuditHead("main", head.size() + 10, head.root(), "ACTIVE"));
            return second;
        });
        assertThat(other.join()).isEqualTo(10);
        trees.run((tx, store) -> assertThat(store.lockHead(tx, "main").size()).isEqualTo(11));
    }

    @Test
    @Tag("G35")
    default void aNumberAndAnEntryAreThereOnce() {
        StoreUnderTest<AuditTreeStore> trees = StoreUnderTest.of(this, AuditTreeStore.class);
        trees.run((tx, store) -> {
            store.addLeaves(tx, "main", List.of());
            store.addLeaves(tx, "main", List.of(new AuditLeaf(0, "a"), new AuditLeaf(1, "b"), new AuditLeaf(2, "c")));
            store.addLeaves(tx, "other", List.of(new AuditLeaf(0, "d")));
        });
        assertThatThrownBy(() -> trees.run((tx, store) -> store.addLeaves(tx, "main", List.of(new AuditLeaf(2, "e")))))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> trees.run((tx, store) -> store.addLeaves(tx, "main", List.of(new AuditLeaf(3, "a")))))
                .isInstanceOf(StorageException.class);
        trees.run((tx, store) -> {
            assertThat(store.leaves(tx, "main", 1, 9)).containsExactly(new AuditLeaf(1, "b"), new AuditLeaf(2, "c"));
            assertThat(store.leaves(tx, "main", 0, 1)).containsExactly(new AuditLeaf(0, "a"));
            assertThat(store.leavesOf(tx, List.of("c", "e", "a")))
                    .containsExactlyInAnyOrder(new AuditLeaf(2, "c"), new AuditLeaf(0, "a"));
            assertThat(store.leavesOf(tx, List.of())).isEmpty();
        });
    }

    @Test
    @Tag("G34")
    default void tilesGrow() {
        StoreUnderTest<AuditTreeStore> trees = StoreUnderTest.of(this, AuditTreeStore.class);
        byte[] full = new byte[8_192];
        full[8_191] = -1;
        trees.run((tx, store) -> {
            store.putTile(tx, "main", 0, 1L << 40, new byte[32]);
            store.putTile(tx, "main", 0, 1L << 40, full);
            store.putTile(tx, "main", 1, 0, new byte[64]);
        });
        trees.run((tx, store) -> {
            assertThat(store.tile(tx, "main", 0, 1L << 40)).contains(full);
            assertThat(store.tile(tx, "main", 1, 0)).contains(new byte[64]);
            assertThat(store.tile(tx, "main", 1, 1)).isEmpty();
            assertThat(store.tile(tx, "other", 1, 0)).isEmpty();
        });
    }

    @Test
    @Tag("G36")
    default void oneCheckpointPerSize() {
        StoreUnderTest<AuditTreeStore> trees = StoreUnderTest.of(this, AuditTreeStore.class);
        AuditCheckpointRow five = new AuditCheckpointRow(5, "five \u2014 \u00fc\n", StoreUnderTest.START);
        AuditCheckpointRow nine = new AuditCheckpointRow(9, "nine\n", StoreUnderTest.START.plusSeconds(1));
        trees.run((tx, store) -> {
            assertThat(store.checkpointUpTo(tx, "main", Long.MAX_VALUE)).isEmpty();
            assertThat(store.addCheckpoint(tx, "main", nine)).isTrue();
            assertThat(store.addCheckpoint(tx, "main", five)).isTrue();
            assertThat(store.addCheckpoint(tx, "main", new AuditCheckpointRow(5, "else", StoreUnderTest.START)))
                    .isFalse();
            assertThat(store.addCheckpoint(tx, "other", new AuditCheckpointRow(99, "else", StoreUnderTest.START)))
                    .isTrue();
        });
        trees.run((tx, store) -> {
            assertThat(store.checkpointUpTo(tx, "main", Long.MAX_VALUE)).contains(nine);
            assertThat(store.checkpointUpTo(tx, "main", 8)).contains(five);
            assertThat(store.checkpointUpTo(tx, "main", 4)).isEmpty();
        });
    }
}
