package dev.matrix.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.event.EventType;
import dev.matrix.jooq.JooqStorage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Matrix in transactions that Spring runs. */
class SpringTransactionsTest {

    /** Runs with Matrix, a table of the host's and a template of Spring's. */
    private static void run(BiConsumer<Host, TransactionTemplate> trial) {
        Application.runner().withBean(EventType.class, () -> Noted.TYPE).run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("create table invoice (id varchar(20) primary key)");
            trial.accept(
                    new Host(context.getBean(Matrix.class), jdbc),
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
        });
    }

    private record Host(Matrix matrix, JdbcTemplate jdbc) {

        void invoice(String id) {
            jdbc.update("insert into invoice values (?)", id);
        }

        long invoices() {
            Long count = jdbc.queryForObject("select count(*) from invoice", Long.class);
            return count == null ? 0 : count;
        }

        boolean has(String event) {
            return matrix.events().find(event).isPresent();
        }
    }

    @Test
    @Tag("E5")
    void rowAndEventCommitTogether() {
        run((host, template) -> {
            template.executeWithoutResult(status -> {
                host.invoice("in_1");
                host.matrix().events().publish(Noted.draft("a", "user"));
            });

            assertThat(host.invoices()).isEqualTo(1);
            assertThat(host.has("evt_a")).isTrue();
        });
    }

    @Test
    @Tag("E5")
    void rowAndEventRollBackTogether() {
        run((host, template) -> {
            assertThatThrownBy(() -> template.executeWithoutResult(status -> {
                        host.invoice("in_1");
                        host.matrix().events().publish(Noted.draft("a", "user"));
                        throw new IllegalStateException("the host's");
                    }))
                    .hasMessage("the host's");

            assertThat(host.invoices()).isZero();
            assertThat(host.has("evt_a")).isFalse();
        });
    }

    @Test
    void aRefusalThatTheHostCatchesLeavesItsTransactionUsable() {
        run((host, template) -> {
            host.matrix().events().publish(Noted.draft("a", "user"));
            template.executeWithoutResult(status -> {
                host.invoice("in_1");
                assertThatThrownBy(() -> host.matrix().events().publish(Noted.draft("a", "another reason")))
                        .isInstanceOf(ConflictException.class);
                host.matrix().events().publish(Noted.draft("b", "user"));
            });

            assertThat(host.invoices()).isEqualTo(1);
            assertThat(host.has("evt_b")).isTrue();
        });
    }

    @Test
    void whatMatrixWroteInACallThatThrewIsTakenBackAlone() {
        run((host, template) -> {
            template.executeWithoutResult(status -> {
                host.invoice("in_1");
                assertThatThrownBy(() -> host.matrix().transactions().inTransaction(tx -> {
                            host.matrix().events().publish(tx, Noted.draft("a", "user"));
                            throw new IllegalArgumentException("late");
                        }))
                        .hasMessage("late");
            });

            assertThat(host.invoices()).isEqualTo(1);
            assertThat(host.has("evt_a")).isFalse();
        });
    }

    @Test
    void whatHastensRunsAfterTheHostsCommit() {
        run((host, template) -> {
            List<String> log = new ArrayList<>();
            template.executeWithoutResult(status -> {
                host.matrix().transactions().inTransaction(tx -> {
                    host.matrix().events().publish(tx, Noted.draft("a", "user"));
                    tx.hintAfterCommit(() -> log.add("committed: " + host.has("evt_a")));
                });
                log.add("open");
            });

            assertThat(log).containsExactly("open", "committed: true");
        });
    }

    @Test
    void outsideOfATransactionMatrixBeginsItsOwn() {
        run((host, template) -> {
            host.matrix().events().publish(Noted.draft("a", "user"));

            assertThat(host.has("evt_a")).isTrue();
        });
    }

    @Test
    void whereTheConnectionIsGoneTheFirstFailureIsTold() {
        run((host, template) -> assertThatThrownBy(() -> template.executeWithoutResult(status -> host.matrix()
                        .transactions()
                        .inTransaction(tx -> {
                            try {
                                JooqStorage.connection(tx).close();
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                            throw new IllegalArgumentException("the first");
                        })))
                .satisfies(told -> assertThat(told)
                        .isInstanceOfAny(IllegalArgumentException.class, TransactionSystemException.class))
                .satisfies(told -> assertThat(original(told)).hasMessage("the first")));
    }

    /** Spring wraps what the work threw where the rollback fails too. */
    private static Throwable original(Throwable told) {
        Throwable application =
                told instanceof TransactionSystemException wrapped ? wrapped.getOriginalException() : null;
        return application == null ? told : application;
    }
}
