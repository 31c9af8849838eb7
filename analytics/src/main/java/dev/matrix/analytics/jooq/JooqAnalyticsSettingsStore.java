package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_SETTINGS;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.analytics.spi.AnalyticsSettingsStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.SelectConditionStep;

/** {@link AnalyticsSettingsStore} in table {@code matrix_analytics_settings}. On H2, whoever shares the row locks it. */
final class JooqAnalyticsSettingsStore implements AnalyticsSettingsStore {

    private static final short ONLY = 1;

    private static SelectConditionStep<? extends Record> select(JooqTx tx) {
        return tx.dsl().selectFrom(MATRIX_ANALYTICS_SETTINGS).where(MATRIX_ANALYTICS_SETTINGS.ID.eq(ONLY));
    }

    private static SettingsRow row(Record row) {
        return new SettingsRow(
                row.get(MATRIX_ANALYTICS_SETTINGS.REVISION), row.get(MATRIX_ANALYTICS_SETTINGS.SETTINGS));
    }

    @Override
    public boolean insert(Tx tx, SettingsRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_ANALYTICS_SETTINGS)
                                .set(MATRIX_ANALYTICS_SETTINGS.ID, ONLY)
                                .set(MATRIX_ANALYTICS_SETTINGS.REVISION, row.revision())
                                .set(MATRIX_ANALYTICS_SETTINGS.SETTINGS, row.text()))
                == 1;
    }

    @Override
    public Optional<SettingsRow> find(Tx tx) {
        return select(JooqTx.of(tx)).fetchOptional(JooqAnalyticsSettingsStore::row);
    }

    @Override
    public Optional<SettingsRow> share(Tx tx) {
        JooqTx own = JooqTx.of(tx);
        return own.database() == Database.H2
                ? lock(tx)
                : select(own).forShare().fetchOptional(JooqAnalyticsSettingsStore::row);
    }

    @Override
    public Optional<SettingsRow> lock(Tx tx) {
        return select(JooqTx.of(tx)).forUpdate().fetchOptional(JooqAnalyticsSettingsStore::row);
    }

    @Override
    public void replace(Tx tx, SettingsRow row) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_ANALYTICS_SETTINGS)
                .set(MATRIX_ANALYTICS_SETTINGS.REVISION, row.revision())
                .set(MATRIX_ANALYTICS_SETTINGS.SETTINGS, row.text())
                .where(MATRIX_ANALYTICS_SETTINGS.ID.eq(ONLY))
                .execute();
    }
}
