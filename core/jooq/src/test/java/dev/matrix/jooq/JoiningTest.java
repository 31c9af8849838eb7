package dev.matrix.jooq;

import static dev.matrix.jooq.Events.append;
import static dev.matrix.jooq.Events.event;
import static dev.matrix.jooq.Events.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A storage that lives in the transactions of a host, which binds them to its threads as Spring does. */
class JoiningTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final List<String> log = new ArrayList<>();
    private HostTransactions host;
    private JooqStorage storage;
    private Transactions transactions;

    @BeforeEach
    void openOverTheHost() {
        host = new HostTransactions(storages.database(Database.POSTGRESQL));
        storage = JooqStorage.joining(host);
        transactions = storage.transactions();
    }

    @Test
    @Tag("E5")
    void whatMatrixWritesCommitsWithTheHostsTransaction() {
        host.inTransaction(connection -> transactions.inTransaction(tx -> {
            assertThat(JooqStorage.connection(tx)).isSameAs(connection);
            append(storage, tx, event("evt_1"));
        }));

        assertThat(stored(storage, "evt_1")).hasSize(1);
    }

    @Test
    @Tag("E5")
    void whatMatrixWritesIsGoneWithTheHostsTransaction() {
        assertThatThrownBy(() -> host.inTransaction(connection -> {
                    transactions.inTransaction(tx -> append(storage, tx, event("evt_1")));
                    throw new IllegalArgumentException("the host's");
                }))
                .hasMessage("the host's");

        assertThat(stored(storage, "evt_1")).isEmpty();
    }

    @Test
    @Tag("E5")
    void actionsThatBelieveACommitRunOnlyWhereMatrixItselfCommits() {
        transactions.inTransaction(tx -> tx.afterCommit(() -> log.add("own")));
        host.inTransaction(connection -> transactions.inTransaction(tx -> tx.afterCommit(() -> log.add("joined"))));

        assertThat(log).containsExactly("own");
    }

    @Test
    @Tag("E5")
    void hintsRunAfterTheHostsCommitAndNotBefore() {
        host.inTransaction(connection -> {
            transactions.inTransaction(tx -> {
                append(storage, tx, event("evt_1"));
                tx.hintAfterCommit(
                        () -> log.add("seen " + stored(storage, "evt_1").size()));
            });
            log.add("not committed yet");
        });

        assertThat(log).containsExactly("not committed yet", "seen 1");
    }

    @Test
    @Tag("E5")
    void noHintRunsAfterARollbackOfTheHosts() {
        assertThatThrownBy(() -> host.inTransaction(connection -> {
                    transactions.inTransaction(tx -> tx.hintAfterCommit(() -> log.add("hint")));
                    throw new IllegalArgumentException("the host's");
                }))
                .hasMessage("the host's");

        assertThat(log).isEmpty();
    }

    @Test
    @Tag("E5")
    void aSourceThatKnowsNoCommitDropsHints() {
        JooqStorage deaf = JooqStorage.joining(work -> host.inTransaction(work));
        host.inTransaction(
                connection -> deaf.transactions().inTransaction(tx -> tx.hintAfterCommit(() -> log.add("hint"))));

        assertThat(log).isEmpty();
    }

    @Test
    void aSecondTransactionOfMatrixsInsideOneIsRefusedAndAfterOneIsNot() {
        host.inTransaction(connection -> {
            transactions.inTransaction(
                    tx -> assertThatThrownBy(() -> transactions.inTransaction(second -> log.add("entered")))
                            .isInstanceOf(IllegalStateException.class));
            transactions.inTransaction(tx -> log.add("another in the host's"));
        });

        assertThat(log).containsExactly("another in the host's");
    }
}
