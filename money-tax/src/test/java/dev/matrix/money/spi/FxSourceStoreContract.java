package dev.matrix.money.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an {@link FxSourceStore} promises. */
public interface FxSourceStoreContract extends StoreContract {

    @Test
    default void aRowIsAddedAndReplaced() {
        StoreUnderTest<FxSourceStore> sources = StoreUnderTest.of(this, FxSourceStore.class);
        Instant now = StoreUnderTest.START;
        SourceRow first = new SourceRow("ecb", now, "a\nb", 2, now.minusSeconds(9), "it broke");
        SourceRow second = new SourceRow("ecb", now.plusSeconds(60), null, 0, null, null);
        SourceRow other = new SourceRow("other", now, null, 0, null, null);

        assertThat(sources.<Optional<SourceRow>>get((tx, store) -> store.find(tx, "ecb")))
                .isEmpty();
        sources.run((tx, store) -> store.put(tx, first));
        sources.run((tx, store) -> store.put(tx, other));
        assertThat(sources.<Optional<SourceRow>>get((tx, store) -> store.find(tx, "ecb")))
                .hasValue(first);
        sources.run((tx, store) -> store.put(tx, second));
        assertThat(sources.<Optional<SourceRow>>get((tx, store) -> store.find(tx, "ecb")))
                .hasValue(second);
        assertThat(sources.<Optional<SourceRow>>get((tx, store) -> store.find(tx, "other")))
                .hasValue(other);
    }
}
