package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditHoldStore} promises. */
public interface AuditHoldStoreContract extends StoreContract {

    @Test
    @Tag("G41")
    default void holdsAreThereUntilTheyAreRemoved() {
        StoreUnderTest<AuditHoldStore> holds = StoreUnderTest.of(this, AuditHoldStore.class);
        AuditHoldRow one = new AuditHoldRow(
                "hld_1",
                Owner.partner("acme"),
                "0a1b",
                StoreUnderTest.START,
                StoreUnderTest.START.plusSeconds(9),
                true);
        AuditHoldRow two = new AuditHoldRow(
                "hld_2", Owner.platform(), null, StoreUnderTest.START, StoreUnderTest.START.plusSeconds(1), false);
        holds.run((tx, store) -> {
            store.insert(tx, two);
            store.insert(tx, one);
        });
        holds.rollBack((tx, store) -> store.remove(tx, "hld_1"));
        List<AuditHoldRow> all = holds.get((tx, store) -> store.all(tx));
        assertThat(all).containsExactly(one, two);
        holds.run((tx, store) -> {
            store.blank(tx, "0a1b");
            assertThat(store.all(tx))
                    .extracting(AuditHoldRow::owner)
                    .containsExactly(Owner.partner("0a1b"), Owner.platform());
            assertThat(store.remove(tx, "hld_1")).isTrue();
            assertThat(store.remove(tx, "hld_1")).isFalse();
            assertThat(store.all(tx)).containsExactly(two);
        });
    }
}
