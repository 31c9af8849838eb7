package dev.matrix.jooq;

import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.core.spi.Tx;
import java.util.List;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** A module as a feature is one: a table, a store, and this provider. */
public final class NotesModule implements JooqStoreProvider {

    /** The store. */
    interface NoteStore {

        boolean insertIfAbsent(Tx tx, String id, String text);
    }

    private static final class Notes extends TableImpl<Record> {

        private static final long serialVersionUID = 1L;

        private final TableField<Record, String> id = createField(DSL.name("id"), SQLDataType.VARCHAR);
        private final TableField<Record, String> text = createField(DSL.name("text"), SQLDataType.VARCHAR);

        Notes() {
            super(DSL.name("matrix_note"));
        }
    }

    private static final Notes NOTES = new Notes();

    private record JooqNoteStore() implements NoteStore {

        @Override
        public boolean insertIfAbsent(Tx tx, String id, String text) {
            return JooqTx.of(tx)
                            .insertIfAbsent(insertInto(NOTES).set(NOTES.id, id).set(NOTES.text, text))
                    == 1;
        }
    }

    @Override
    public String module() {
        return "notes";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__notes.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(NOTES);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(new Binding<>(NoteStore.class, new JooqNoteStore()));
    }
}
