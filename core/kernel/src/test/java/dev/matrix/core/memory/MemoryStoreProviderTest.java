package dev.matrix.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a module's stores come into an in-memory storage. */
class MemoryStoreProviderTest {

    /** A store such as a feature's. */
    static final class Notes {

        final MemoryTable<String, String> rows = new MemoryTable<>();
    }

    /** Found by its service file. */
    public static final class NotesProvider implements MemoryStoreProvider {

        @Override
        public List<Stores.Binding<?>> stores() {
            return List.of(new Stores.Binding<>(Notes.class, new Notes()));
        }
    }

    private final Stores stores = Stores.inMemory();

    @Test
    void eachStorageHasItsOwnStoresOfAModuleAndTheyTakePartInItsTransactions() {
        Notes notes = stores.get(Notes.class);
        assertThat(Stores.inMemory().get(Notes.class)).isNotSameAs(notes);

        assertThatThrownBy(() -> stores.transactions().inTransaction(tx -> {
                    notes.rows.put(tx, "a", "1");
                    notes.rows.putIfAbsent(tx, "a", "2");
                    throw new IllegalStateException("host");
                }))
                .hasMessage("host");

        assertThat(stores.transactions()
                        .<Boolean>returning(tx -> notes.rows.rows(tx).isEmpty()))
                .isTrue();
    }

    @Test
    void aTableIsNotReadOutsideItsTransaction() {
        Notes notes = stores.get(Notes.class);
        Tx over = stores.transactions().returning(tx -> tx);
        assertThatThrownBy(() -> notes.rows.get(over, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
    }

    @Test
    void aStoreCanBeReplacedAndAMissingOneNamesTheFix() {
        Notes own = new Notes();
        assertThat(stores.with(Notes.class, own).get(Notes.class)).isSameAs(own);
        assertThatThrownBy(() -> stores.get(Runnable.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Stores.with(Runnable.class");
    }
}
