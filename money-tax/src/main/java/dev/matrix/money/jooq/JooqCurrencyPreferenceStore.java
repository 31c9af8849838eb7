package dev.matrix.money.jooq;

import static dev.matrix.money.jooq.generated.Tables.MATRIX_CURRENCY_PREFERENCE;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.or;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.money.spi.CurrencyPreferenceStore;
import dev.matrix.money.spi.PreferenceRow;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;

/** {@link CurrencyPreferenceStore} in table {@code matrix_currency_preference}. */
final class JooqCurrencyPreferenceStore implements CurrencyPreferenceStore {

    @Override
    public List<PreferenceRow> find(Tx tx, Collection<Owner> owners) {
        List<Condition> each =
                owners.stream().map(JooqCurrencyPreferenceStore::isOwnedBy).toList();
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_CURRENCY_PREFERENCE)
                .where(each.isEmpty() ? noCondition().not() : or(each))
                .fetch(row -> new PreferenceRow(
                        Owners.of(
                                row.get(MATRIX_CURRENCY_PREFERENCE.OWNER_TYPE),
                                row.get(MATRIX_CURRENCY_PREFERENCE.OWNER_ID)),
                        row.get(MATRIX_CURRENCY_PREFERENCE.VERSION),
                        row.get(MATRIX_CURRENCY_PREFERENCE.CURRENCY),
                        row.get(MATRIX_CURRENCY_PREFERENCE.LOCALE)));
    }

    private static Condition isOwnedBy(Owner owner) {
        return Owners.are(MATRIX_CURRENCY_PREFERENCE.OWNER_TYPE, MATRIX_CURRENCY_PREFERENCE.OWNER_ID, owner);
    }

    @Override
    public boolean insert(Tx tx, PreferenceRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_CURRENCY_PREFERENCE)
                                .set(MATRIX_CURRENCY_PREFERENCE.OWNER_TYPE, Owners.type(row.owner()))
                                .set(
                                        MATRIX_CURRENCY_PREFERENCE.OWNER_ID,
                                        row.owner().id())
                                .set(MATRIX_CURRENCY_PREFERENCE.VERSION, row.version())
                                .set(MATRIX_CURRENCY_PREFERENCE.CURRENCY, row.currency())
                                .set(MATRIX_CURRENCY_PREFERENCE.LOCALE, row.locale()))
                == 1;
    }

    @Override
    public boolean replaceIfVersion(Tx tx, PreferenceRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_CURRENCY_PREFERENCE)
                        .set(MATRIX_CURRENCY_PREFERENCE.VERSION, row.version())
                        .set(MATRIX_CURRENCY_PREFERENCE.CURRENCY, row.currency())
                        .set(MATRIX_CURRENCY_PREFERENCE.LOCALE, row.locale())
                        .where(isOwnedBy(row.owner()))
                        .and(MATRIX_CURRENCY_PREFERENCE.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public boolean delete(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_CURRENCY_PREFERENCE)
                        .where(isOwnedBy(owner))
                        .execute()
                == 1;
    }
}
