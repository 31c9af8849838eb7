package dev.matrix.jooq;

import dev.matrix.core.spi.Stores;
import java.util.List;
import org.jooq.Table;

/**
 * Contributes a module's jOOQ stores and their tables. Found by {@link java.util.ServiceLoader}, so it is a public class
 * with a public constructor without parameters; asked once for each storage that is opened.
 */
public interface JooqStoreProvider {

    /** The module's name: its scripts lie in {@code db/matrix/NAME/} of its jar. */
    String module();

    /**
     * The file names of its scripts in order, as Flyway names them: {@code V1__what_it_adds.sql}. A released script never
     * changes; a later one amends it.
     *
     * <p>A script is PostgreSQL's, and jOOQ's code is generated from it. H2 runs the same text with three differences:
     * {@code collate "C"} is left out, a line that ends in {@code -- postgresql} is left out, and of a line that begins
     * with {@code -- h2: } the rest is run.
     */
    List<String> scripts();

    /** Its tables, as generated from the scripts: what {@link SchemaMode#VALIDATE} looks for. */
    List<? extends Table<?>> tables();

    /** Its stores, stateless and thread-safe; they reach the database by {@link JooqTx#of}. */
    List<Stores.Binding<?>> stores(Database database);
}
