package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditCursorStore} promises. */
public interface AuditCursorStoreContract extends StoreContract {

    @Test
    @Tag("G44")
    default void aCursorIsMovedFromWhereItIsAlone() {
        StoreUnderTest<AuditCursorStore> cursors = StoreUnderTest.of(this, AuditCursorStore.class);
        cursors.run((tx, store) -> {
            assertThat(store.find(tx, "a")).isZero();
            assertThat(store.advance(tx, "a", 5, 9)).isFalse();
            assertThat(store.advance(tx, "a", 0, 5)).isTrue();
            assertThat(store.advance(tx, "a", 0, 7)).isFalse();
            assertThat(store.advance(tx, "a", 5, 9)).isTrue();
            assertThat(store.find(tx, "b")).isZero();
        });
        cursors.run((tx, store) -> {
            store.put(tx, "a", 0);
            assertThat(store.advance(tx, "a", 9, 10)).isFalse();
            assertThat(store.advance(tx, "a", 0, 3)).isTrue();
            store.put(tx, "b", 4);
            assertThat(store.find(tx, "b")).isEqualTo(4);
        });
        assertThat(cursors.<Long>get((tx, store) -> store.find(tx, "a"))).isEqualTo(3);
    }
}
