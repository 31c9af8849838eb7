package dev.matrix.security.spi;

import dev.matrix.core.spi.Tx;
import java.util.Optional;

/** The keys that logs sign their checkpoints by, sealed. */
public interface AuditKeyStore {

    /** A log's key. */
    Optional<AuditKeyRow> find(Tx tx, String log);

    /** Inserts a log's key unless it has one; then returns false. */
    boolean insert(Tx tx, AuditKeyRow row);

    /** Replaces the sealed bytes if they still are {@code former}; else returns false. */
    boolean reseal(Tx tx, AuditKeyRow row, byte[] former);

    /**
     * A log's key.
     *
     * @param verifierKey {@code name+id+key}
     * @param sealed the private key
     */
    record AuditKeyRow(String log, String verifierKey, byte[] sealed) {}
}
