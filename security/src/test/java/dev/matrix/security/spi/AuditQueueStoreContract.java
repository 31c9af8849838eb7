package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AuditQueueStore} promises. */
public interface AuditQueueStoreContract extends StoreContract {

    @Test
    @Tag("G32")
    @Tag("G69")
    default void rowsAreTakenByIdAndThoseSetAsideAreLeftOut() {
        StoreUnderTest<AuditQueueStore> queue = StoreUnderTest.of(this, AuditQueueStore.class);
        queue.run((tx, store) -> {
            assertThat(store.waitingSince(tx, "main")).isEmpty();
            store.enqueue(tx, "main", "aud_2", StoreUnderTest.START.plusSeconds(2));
            store.enqueue(tx, "main", "aud_3", StoreUnderTest.START.plusSeconds(1));
            store.enqueue(tx, "other", "aud_0", StoreUnderTest.START);
        });
        queue.rollBack((tx, store) -> store.enqueue(tx, "main", "aud_9", StoreUnderTest.START));
        queue.run((tx, store) -> store.enqueue(tx, "main", "aud_1", StoreUnderTest.START.plusSeconds(3)));

        queue.run((tx, store) -> {
            assertThat(store.oldest(tx, "main", 2)).containsExactly("aud_1", "aud_2");
            assertThat(store.oldest(tx, "main", 9)).containsExactly("aud_1", "aud_2", "aud_3");
            assertThat(store.waitingSince(tx, "main")).contains(StoreUnderTest.START.plusSeconds(1));
            store.setAside(tx, "main", List.of("aud_3", "aud_7"));
            store.remove(tx, "main", List.of("aud_1", "aud_7"));
        });
        queue.run((tx, store) -> {
            assertThat(store.oldest(tx, "main", 9)).containsExactly("aud_2");
            assertThat(store.aside(tx, "main", 9)).containsExactly("aud_3");
            assertThat(store.waitingSince(tx, "main")).contains(StoreUnderTest.START.plusSeconds(2));
            assertThat(store.oldest(tx, "other", 9)).containsExactly("aud_0");
        });
    }
}
