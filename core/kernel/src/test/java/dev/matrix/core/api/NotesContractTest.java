package dev.matrix.core.api;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiModuleContract;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The smallest feature keeps the contract of modules. */
class NotesContractTest implements ApiModuleContract {

    private @Nullable Notes built;

    @Override
    public Matrix matrix(Stores stores) {
        return Matrix.builder().stores(stores).build();
    }

    @Override
    public ApiModule module(Matrix matrix) {
        Notes notes = new Notes(matrix.transactions(), false);
        built = notes;
        return notes;
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of("createNote", "updateNote", "deleteNote");
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Notes notes = Objects.requireNonNull(built);
        matrix.transactions().inTransaction(tx -> {
            for (String id : new String[] {"note_a", "note_b"}) {
                notes.rows.put(tx, id, new Notes.Note(id, owner, "kept", null, 1, Map.of(), 1));
            }
        });
        return Map.of(
                "getNote", "/v1/notes/note_a", "updateNote", "/v1/notes/note_a", "deleteNote", "/v1/notes/note_b");
    }
}
