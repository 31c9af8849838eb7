package dev.matrix.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.NotesModule.NoteStore;
import java.util.List;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a module contributes by being on the class path. */
class JooqStoreProviderTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private record WithScript(String name) implements JooqStoreProvider {

        @Override
        public String module() {
            return "notes";
        }

        @Override
        public List<String> scripts() {
            return List.of(name);
        }

        @Override
        public List<? extends Table<?>> tables() {
            return List.of();
        }

        @Override
        public List<Binding<?>> stores(Database database) {
            return List.of();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModulesTableIsMadeAndItsStoreFound(Database database) {
        JooqStorage storage = storages.storage(database);
        NoteStore notes = storage.get(NoteStore.class);

        assertThat(storage.transactions().<Boolean>returning(tx -> notes.insertIfAbsent(tx, "n_1", "first")))
                .isTrue();
        assertThat(storage.transactions().<Boolean>returning(tx -> notes.insertIfAbsent(tx, "n_1", "second")))
                .isFalse();
        assertThat(JooqStorage.ddl(database)).contains(" matrix_event (", "-- notes V1__notes.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1_notes.sql", "V2__missing.sql"})
    void aScriptThatIsMisnamedOrMissingIsNamed(String name) {
        assertThatThrownBy(() -> Script.of(new WithScript(name)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
    }

    @Test
    void linesEndInAScriptAsTheyDoForItsChecksum() {
        Script script = Script.of(new WithScript("V1__notes.sql")).get(0);

        assertThat(script.version()).isEqualTo(1);
        assertThat(script.text()).doesNotContain("\r");
        assertThat(script.checksum()).hasSize(64);
    }
}
