package dev.matrix.examples.benchmarks.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.security.Actor;
import dev.matrix.security.AuditEntry;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.AuditLog;
import dev.matrix.security.Security;
import java.util.Map;

/** A node with an audit log over a PostgreSQL that others share. */
final class AuditNode implements AutoCloseable {

    static final String ORIGIN = "example.com/audit";

    private static final int OWNERS = 100;
    private static final String TEXT = "x".repeat(120);

    final Matrix matrix;
    final AuditLog audit;

    AuditNode(HikariDataSource pool, String name) {
        this.matrix = Matrix.builder()
                .stores(JooqStorage.over(pool))
                .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                .node(name)
                .build();
        this.audit = Security.on(matrix).auditOrigin(ORIGIN).build().auditLog();
        matrix.start();
    }

    /** An entry with a body of about 400 bytes. */
    static AuditEntry entry(long number) {
        return AuditEntry.of(
                        Owner.user("u" + number % OWNERS),
                        Actor.software("harness"),
                        "harness.counted",
                        Category.DATA,
                        new Target("number", Long.toString(number)))
                .data(Map.of("text", TEXT));
    }

    @Override
    public void close() {
        matrix.close();
    }
}
