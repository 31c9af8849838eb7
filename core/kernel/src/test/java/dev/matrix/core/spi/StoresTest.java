package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.testkit.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoresTest {

    private interface NoteStore {}

    private static final class Notes implements NoteStore {}

    private final NoteStore notes = new Notes();
    private final Stores memory = Stores.inMemory();
    private final Stores stores =
            Stores.of(memory.transactions(), memory::clock, List.of(new Binding<>(NoteStore.class, notes)));

    @Test
    void aBackendNamesItsTransactionsItsClockAndItsStores() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");

        assertThat(stores.get(NoteStore.class)).isSameAs(notes);
        assertThat(stores.transactions()).isSameAs(memory.transactions());
        assertThat(stores.clock(clock).instant()).isEqualTo(clock.instant());
        assertThat(stores.persistent()).isTrue();
    }

    @Test
    void withReplacesOneStoreAndLeavesTheOthersUnchanged() {
        NoteStore other = new Notes();

        assertThat(stores.with(NoteStore.class, other).get(NoteStore.class)).isSameAs(other);
        assertThat(stores.get(NoteStore.class)).isSameAs(notes);
    }

    @Test
    void aMissingStoreNamesTheFix() {
        assertThatThrownBy(() -> stores.get(LeaseStore.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no LeaseStore")
                .hasMessageContaining("Stores.with(LeaseStore.class, …)");
    }
}
