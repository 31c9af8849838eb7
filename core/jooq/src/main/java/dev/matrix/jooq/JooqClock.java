package dev.matrix.jooq;

import dev.matrix.core.spi.FollowedClock;
import dev.matrix.core.spi.StoreClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;

/** How the database is asked for its time. */
record JooqClock(ConnectionSource source, Database database) implements FollowedClock.Source {

    /** The database's clock as a node follows it by the JVM's monotonic time. */
    static StoreClock of(ConnectionSource source, Database database) {
        return FollowedClock.of(new JooqClock(source, database), System::nanoTime);
    }

    @Override
    public FollowedClock.Answer ask(LongSupplier ticks) {
        return ConnectionWork.in(source, connection -> ask(connection, ticks));
    }

    private FollowedClock.Answer ask(Connection connection, LongSupplier ticks) throws SQLException {
        String now = database == Database.H2 ? "select current_timestamp(6)" : "select clock_timestamp()";
        try (PreparedStatement query = connection.prepareStatement(now)) {
            long asked = ticks.getAsLong();
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long told = ticks.getAsLong();
                Instant theirs = row.getObject(1, OffsetDateTime.class).toInstant();
                return new FollowedClock.Answer(asked, theirs, told);
            }
        }
    }
}
