package dev.matrix.jooq;

/** What opening a storage does about its tables. */
public enum SchemaMode {
    /** Runs the scripts that the database lacks, safely from several nodes at once. The default. */
    CREATE,

    /**
     * Changes nothing, and refuses to open where a table or column is missing: for hosts that run the DDL themselves, as
     * {@link JooqStorage#ddl} prints it, or by Flyway with location {@code db/matrix/MODULE} and a history table for each
     * module.
     */
    VALIDATE,

    /** Neither looks nor changes. */
    NONE
}
