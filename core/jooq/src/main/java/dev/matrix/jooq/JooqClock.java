package dev.matrix.jooq;

import dev.matrix.core.spi.StoreClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The database's clock, as this node's clock and the distance between the two at the last answer; that answer is taken
 * to be from the middle of its round trip. Never steps back; between answers it may stand still for a moment instead.
 */
final class JooqClock implements StoreClock {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(60);

    /**
     * One answer.
     *
     * @param ahead how far the database's clock is ahead of the node's
     * @param at when it came, by the node's clock
     */
    private record Answer(Duration ahead, Instant at) {}

    private final ConnectionSource source;
    private final Database database;
    private final InstantSource node;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
    private volatile Answer answer;

    private JooqClock(ConnectionSource source, Database database, InstantSource node) {
        this.source = source;
        this.database = database;
        this.node = node;
        this.answer = ask();
    }

    /** A clock that has had its first answer. */
    static JooqClock of(ConnectionSource source, Database database, InstantSource node) {
        return new JooqClock(source, database, node);
    }

    @Override
    public Instant instant() {
        Instant now = node.instant().plus(answer.ahead()).truncatedTo(ChronoUnit.MICROS);
        return latest.accumulateAndGet(now, (former, read) -> read.isAfter(former) ? read : former);
    }

    @Override
    public void refresh() {
        answer = ask();
    }

    @Override
    public boolean isTrusted() {
        Duration age = Duration.between(answer.at(), node.instant());
        return !age.isNegative() && age.compareTo(TRUSTED_FOR) <= 0;
    }

    private Answer ask() {
        return ConnectionWork.in(source, this::ask);
    }

    private Answer ask(Connection connection) throws SQLException {
        String now = database == Database.H2 ? "select current_timestamp(6)" : "select clock_timestamp()";
        try (PreparedStatement query = connection.prepareStatement(now)) {
            Instant asked = node.instant();
            try (ResultSet row = query.executeQuery()) {
                row.next();
                Instant told = node.instant();
                Instant middle = asked.plus(Duration.between(asked, told).dividedBy(2));
                Instant theirs = row.getObject(1, OffsetDateTime.class).toInstant();
                return new Answer(Duration.between(middle, theirs), told);
            }
        }
    }
}
