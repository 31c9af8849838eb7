package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_ACCOUNT_CREDIT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_ACCOUNT_CREDIT_ENTRY;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.refunds.spi.AccountCreditStore;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link AccountCreditStore} in {@code matrix_account_credit} and {@code matrix_account_credit_entry}. */
final class JooqAccountCreditStore implements AccountCreditStore {

    @Override
    public boolean insert(Tx tx, EntryRow entry) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_ACCOUNT_CREDIT_ENTRY)
                                .set(MATRIX_ACCOUNT_CREDIT_ENTRY.OWNER_TYPE, Owners.type(entry.owner()))
                                .set(
                                        MATRIX_ACCOUNT_CREDIT_ENTRY.OWNER_ID,
                                        entry.owner().id())
                                .set(
                                        MATRIX_ACCOUNT_CREDIT_ENTRY.KIND,
                                        entry.kind().name())
                                .set(MATRIX_ACCOUNT_CREDIT_ENTRY.IDEM_KEY, entry.key())
                                .set(MATRIX_ACCOUNT_CREDIT_ENTRY.CURRENCY, entry.currency())
                                .set(MATRIX_ACCOUNT_CREDIT_ENTRY.AMOUNT, entry.amount())
                                .set(MATRIX_ACCOUNT_CREDIT_ENTRY.AT, entry.at()))
                == 1;
    }

    @Override
    public Optional<EntryRow> find(Tx tx, Owner owner, EntryKind kind, String key) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ACCOUNT_CREDIT_ENTRY)
                .where(Owners.are(MATRIX_ACCOUNT_CREDIT_ENTRY.OWNER_TYPE, MATRIX_ACCOUNT_CREDIT_ENTRY.OWNER_ID, owner))
                .and(MATRIX_ACCOUNT_CREDIT_ENTRY.KIND.eq(kind.name()))
                .and(MATRIX_ACCOUNT_CREDIT_ENTRY.IDEM_KEY.eq(key))
                .fetchOptional(row -> new EntryRow(
                        owner,
                        kind,
                        key,
                        row.get(MATRIX_ACCOUNT_CREDIT_ENTRY.CURRENCY),
                        row.get(MATRIX_ACCOUNT_CREDIT_ENTRY.AMOUNT),
                        row.get(MATRIX_ACCOUNT_CREDIT_ENTRY.AT)));
    }

    @Override
    public boolean move(Tx tx, Owner owner, String currency, BigDecimal amount) {
        JooqTx own = JooqTx.of(tx);
        if (amount.signum() > 0) {
            own.insertIfAbsent(insertInto(MATRIX_ACCOUNT_CREDIT)
                    .set(MATRIX_ACCOUNT_CREDIT.OWNER_TYPE, Owners.type(owner))
                    .set(MATRIX_ACCOUNT_CREDIT.OWNER_ID, owner.id())
                    .set(MATRIX_ACCOUNT_CREDIT.CURRENCY, currency)
                    .set(MATRIX_ACCOUNT_CREDIT.BALANCE, BigDecimal.ZERO));
        }
        return own.dsl()
                        .update(MATRIX_ACCOUNT_CREDIT)
                        .set(MATRIX_ACCOUNT_CREDIT.BALANCE, MATRIX_ACCOUNT_CREDIT.BALANCE.plus(amount))
                        .where(Owners.are(MATRIX_ACCOUNT_CREDIT.OWNER_TYPE, MATRIX_ACCOUNT_CREDIT.OWNER_ID, owner))
                        .and(MATRIX_ACCOUNT_CREDIT.CURRENCY.eq(currency))
                        .and(MATRIX_ACCOUNT_CREDIT.BALANCE.plus(amount).ge(BigDecimal.ZERO))
                        .execute()
                == 1;
    }

    @Override
    public Map<String, BigDecimal> balances(Tx tx, Owner owner) {
        Map<String, BigDecimal> balances = new TreeMap<>();
        JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ACCOUNT_CREDIT)
                .where(Owners.are(MATRIX_ACCOUNT_CREDIT.OWNER_TYPE, MATRIX_ACCOUNT_CREDIT.OWNER_ID, owner))
                .forEach(row ->
                        balances.put(row.get(MATRIX_ACCOUNT_CREDIT.CURRENCY), row.get(MATRIX_ACCOUNT_CREDIT.BALANCE)));
        return balances;
    }
}
