package dev.matrix.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectOne;

import org.jooq.Condition;
import org.jooq.Select;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conditions over a sub-select mean on both databases what they say. */
class SubqueriesTest {

    private static final Select<?> ONE = selectOne();
    private static final Select<?> NONE = selectOne().where(inline(1).eq(inline(2)));

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    @ParameterizedTest
    @EnumSource
    void existsAndNotExistsAreEachOthersOpposite(Database database) {
        JooqStorage storage = JooqStorage.over(storages.database(database), SchemaMode.NONE);
        storage.transactions().inTransaction(tx -> {
            JooqTx own = JooqTx.of(tx);
            assertThat(holds(own, Subqueries.exists(ONE))).isTrue();
            assertThat(holds(own, Subqueries.exists(NONE))).isFalse();
            assertThat(holds(own, Subqueries.notExists(ONE))).isFalse();
            assertThat(holds(own, Subqueries.notExists(NONE))).isTrue();
        });
    }

    private static boolean holds(JooqTx tx, Condition condition) {
        return !tx.dsl().selectOne().where(condition).fetch().isEmpty();
    }
}
