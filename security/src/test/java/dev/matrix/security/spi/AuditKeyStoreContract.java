package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.security.spi.AuditKeyStore.AuditKeyRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditKeyStore} promises. */
public interface AuditKeyStoreContract extends StoreContract {

    @Test
    @Tag("G36")
    default void aLogHasOneKeyWhichIsSealedAgainOnce() {
        StoreUnderTest<AuditKeyStore> keys = StoreUnderTest.of(this, AuditKeyStore.class);
        AuditKeyRow first = new AuditKeyRow("main", "audit+1+k", new byte[] {1, 2});
        AuditKeyRow second = new AuditKeyRow("main", "audit+2+k", new byte[] {3});
        keys.run((tx, store) -> {
            assertThat(store.find(tx, "main")).isEmpty();
            assertThat(store.insert(tx, first)).isTrue();
            assertThat(store.insert(tx, second)).isFalse();
        });
        AuditKeyRow renewed = new AuditKeyRow("main", first.verifierKey(), new byte[] {4});
        keys.run((tx, store) -> {
            assertThat(store.reseal(tx, renewed, new byte[] {9})).isFalse();
            assertThat(store.reseal(tx, renewed, first.sealed())).isTrue();
            assertThat(store.reseal(tx, renewed, first.sealed())).isFalse();
        });
        AuditKeyRow found = keys.get((tx, store) -> store.find(tx, "main").orElseThrow());
        assertThat(found.verifierKey()).isEqualTo(first.verifierKey());
        assertThat(found.sealed()).isEqualTo(renewed.sealed());
    }
}
