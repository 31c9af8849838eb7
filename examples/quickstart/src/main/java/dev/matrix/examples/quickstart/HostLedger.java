package dev.matrix.examples.quickstart;

import dev.matrix.core.StorageException;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqStorage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The host's own table, as any application has: plain JDBC on the connection of Matrix's transaction, so that a row and
 * its event commit together or not at all.
 */
final class HostLedger {

    private HostLedger() {}

    /** Opens the ledger, creating its table if it's missing. */
    static HostLedger open(Transactions transactions) {
        transactions.inTransaction(tx -> {
            try (Statement create = JooqStorage.connection(tx).createStatement()) {
                create.execute("create table if not exists host_ledger (event_id varchar(64) primary key,"
                        + " owner varchar(140) not null, type varchar(128) not null, subject varchar(1000) not null)");
            } catch (SQLException e) {
                throw failure(e);
            }
        });
        return new HostLedger();
    }

    /** Writes the row of an event. */
    void record(Tx tx, String eventId, EventDraft draft) {
        try (PreparedStatement insert = JooqStorage.connection(tx)
                .prepareStatement("insert into host_ledger (event_id, owner, type, subject) values (?, ?, ?, ?)")) {
            insert.setString(1, eventId);
            insert.setString(2, draft.payload().owner().toString());
            insert.setString(3, draft.payload().type().name());
            insert.setString(4, draft.payload().id());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The ids of all events that have a row. */
    List<String> eventIds(Tx tx) {
        try (Statement query = JooqStorage.connection(tx).createStatement();
                ResultSet rows = query.executeQuery("select event_id from host_ledger order by event_id")) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static StorageException failure(SQLException e) {
        return new StorageException("The host's ledger can't be written or read.", e);
    }
}
