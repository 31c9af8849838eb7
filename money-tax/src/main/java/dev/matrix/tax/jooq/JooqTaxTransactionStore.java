package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_COMPONENT;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RELIANCE;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_TRANSACTION;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxTransactionStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link TaxTransactionStore} in tables {@code matrix_tax_transaction}, {@code _component} and {@code _reliance}. */
final class JooqTaxTransactionStore implements TaxTransactionStore {

    private static final Field<BigDecimal> BASE = sum(MATRIX_TAX_COMPONENT
                    .BASE
                    .minus(MATRIX_TAX_COMPONENT.REVERSED_BASE)
                    .times(MATRIX_TAX_COMPONENT.SIGN))
            .as("left_base");
    private static final Field<BigDecimal> TAX = sum(MATRIX_TAX_COMPONENT
                    .TAX
                    .minus(MATRIX_TAX_COMPONENT.REVERSED_TAX)
                    .times(MATRIX_TAX_COMPONENT.SIGN))
            .as("left_tax");

    private static final String UPDATE = """
            update matrix_tax_component c
            set reversed_base = n.reversed_base::numeric, reversed_tax = n.reversed_tax::numeric
            from unnest(?, ?, ?, ?) as n (line_no, no, reversed_base, reversed_tax)
            where c.transaction_id = ? and c.line_no = n.line_no and c.no = n.no
            returning c.no
            """;

    private final TransactionInsert insert;

    JooqTaxTransactionStore(TransactionInsert insert) {
        this.insert = insert;
    }

    @Override
    public boolean insert(Tx tx, TransactionRow row, Heading heading, List<ComponentRow> components) {
        return insert.insert(JooqTx.of(tx), row, heading, components);
    }

    private static TransactionRow transaction(Record row) {
        return new TransactionRow(
                row.get(MATRIX_TAX_TRANSACTION.ID),
                row.get(MATRIX_TAX_TRANSACTION.SELLER),
                Owners.of(row.get(MATRIX_TAX_TRANSACTION.OWNER_TYPE), row.get(MATRIX_TAX_TRANSACTION.OWNER_ID)),
                row.get(MATRIX_TAX_TRANSACTION.REFERENCE),
                row.get(MATRIX_TAX_TRANSACTION.COMMITTED_AT),
                row.get(MATRIX_TAX_TRANSACTION.CALCULATION));
    }

    private static Optional<TransactionRow> find(Tx tx, Condition wanted) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_TRANSACTION)
                .where(wanted)
                .fetchOptional(JooqTaxTransactionStore::transaction);
    }

    @Override
    public Optional<TransactionRow> find(Tx tx, String id) {
        return find(tx, MATRIX_TAX_TRANSACTION.ID.eq(id));
    }

    @Override
    public Optional<TransactionRow> findByReference(Tx tx, String sellerId, String reference) {
        return find(tx, MATRIX_TAX_TRANSACTION.SELLER.eq(sellerId).and(MATRIX_TAX_TRANSACTION.REFERENCE.eq(reference)));
    }

    @Override
    public Page<TransactionRow> page(Tx tx, String sellerId, @Nullable Owner owner, PageRequest page) {
        List<TransactionRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_TRANSACTION)
                .where(MATRIX_TAX_TRANSACTION.SELLER.eq(sellerId))
                .and(
                        owner == null
                                ? noCondition()
                                : Owners.are(MATRIX_TAX_TRANSACTION.OWNER_TYPE, MATRIX_TAX_TRANSACTION.OWNER_ID, owner))
                .and(page.cursor() == null ? noCondition() : MATRIX_TAX_TRANSACTION.ID.gt(page.cursor()))
                .orderBy(MATRIX_TAX_TRANSACTION.ID)
                .limit(page.limit() + 1)
                .fetch(JooqTaxTransactionStore::transaction);
        return Page.of(found, page, TransactionRow::id);
    }

    @Override
    public List<String> relyingOn(Tx tx, TaxId id, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_TAX_RELIANCE.TRANSACTION_ID)
                .from(MATRIX_TAX_RELIANCE)
                .where(MATRIX_TAX_RELIANCE.PREFIX.eq(id.prefix()))
                .and(MATRIX_TAX_RELIANCE.NUMBER.eq(id.number()))
                .orderBy(MATRIX_TAX_RELIANCE.TRANSACTION_ID.desc())
                .limit(limit)
                .fetch(MATRIX_TAX_RELIANCE.TRANSACTION_ID);
    }

    /** The transaction's row is the lock; its components are read once it is held, so they are the newest. */
    @Override
    public List<ComponentRow> lock(Tx tx, String transactionId) {
        JooqTx own = JooqTx.of(tx);
        own.dsl()
                .select(MATRIX_TAX_TRANSACTION.ID)
                .from(MATRIX_TAX_TRANSACTION)
                .where(MATRIX_TAX_TRANSACTION.ID.eq(transactionId))
                .forUpdate()
                .fetch();
        return own.dsl()
                .selectFrom(MATRIX_TAX_COMPONENT)
                .where(MATRIX_TAX_COMPONENT.TRANSACTION_ID.eq(transactionId))
                .orderBy(MATRIX_TAX_COMPONENT.LINE_NO, MATRIX_TAX_COMPONENT.NO)
                .fetch(JooqTaxTransactionStore::component);
    }

    private static ComponentRow component(Record row) {
        return new ComponentRow(
                row.get(MATRIX_TAX_COMPONENT.LINE_NO),
                row.get(MATRIX_TAX_COMPONENT.NO),
                row.get(MATRIX_TAX_COMPONENT.LINE_ID),
                row.get(MATRIX_TAX_COMPONENT.JURISDICTION),
                row.get(MATRIX_TAX_COMPONENT.TAX_TYPE),
                plain(row.get(MATRIX_TAX_COMPONENT.RATE)),
                row.get(MATRIX_TAX_COMPONENT.REASON),
                row.get(MATRIX_TAX_COMPONENT.CATEGORY),
                amount(row.get(MATRIX_TAX_COMPONENT.BASE)),
                amount(row.get(MATRIX_TAX_COMPONENT.TAX)),
                amount(row.get(MATRIX_TAX_COMPONENT.REVERSED_BASE)),
                amount(row.get(MATRIX_TAX_COMPONENT.REVERSED_TAX)));
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal rate) {
        return rate == null ? null : amount(rate);
    }

    private static BigDecimal amount(BigDecimal stored) {
        if (stored.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = stored.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    @Override
    public void update(Tx tx, String transactionId, List<ComponentRow> components) {
        if (components.isEmpty()) {
            return;
        }
        JooqTx own = JooqTx.of(tx);
        switch (own.database()) {
            case POSTGRESQL -> updateAtOnce(own, transactionId, components);
            case H2 -> updateEach(own, transactionId, components);
        }
    }

    private static void updateAtOnce(JooqTx tx, String transactionId, List<ComponentRow> components) {
        PostgresBatch.Parameters parameters = batch -> batch.ints(components, ComponentRow::lineNo)
                .ints(components, ComponentRow::no)
                .decimals(components, ComponentRow::reversedBase)
                .decimals(components, ComponentRow::reversedTax)
                .text(transactionId);
        PostgresBatch.fetch(tx, UPDATE, parameters, row -> row.getInt(1));
    }

    private static void updateEach(JooqTx own, String transactionId, List<ComponentRow> components) {
        BatchBindStep update = own.dsl()
                .batch(own.dsl()
                        .update(MATRIX_TAX_COMPONENT)
                        .set(MATRIX_TAX_COMPONENT.REVERSED_BASE, BigDecimal.ZERO)
                        .set(MATRIX_TAX_COMPONENT.REVERSED_TAX, BigDecimal.ZERO)
                        .where(MATRIX_TAX_COMPONENT.TRANSACTION_ID.eq(""))
                        .and(MATRIX_TAX_COMPONENT.LINE_NO.eq(0))
                        .and(MATRIX_TAX_COMPONENT.NO.eq(0)));
        for (ComponentRow each : components) {
            update = update.bind(each.reversedBase(), each.reversedTax(), transactionId, each.lineNo(), each.no());
        }
        update.execute();
    }

    @Override
    public void replace(Tx tx, TransactionRow row) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_TAX_TRANSACTION)
                .set(MATRIX_TAX_TRANSACTION.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_TAX_TRANSACTION.OWNER_ID, row.owner().id())
                .set(MATRIX_TAX_TRANSACTION.CALCULATION, row.json())
                .where(MATRIX_TAX_TRANSACTION.ID.eq(row.id()))
                .execute();
    }

    @Override
    public List<SumRow> summary(Tx tx, String sellerId, LocalDate from, LocalDate to) {
        return JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_TAX_COMPONENT.JURISDICTION,
                        MATRIX_TAX_COMPONENT.TAX_TYPE,
                        MATRIX_TAX_COMPONENT.RATE,
                        MATRIX_TAX_COMPONENT.REASON,
                        MATRIX_TAX_COMPONENT.CATEGORY,
                        MATRIX_TAX_COMPONENT.CURRENCY,
                        BASE,
                        TAX)
                .from(MATRIX_TAX_COMPONENT)
                .where(MATRIX_TAX_COMPONENT.SELLER.eq(sellerId))
                .and(MATRIX_TAX_COMPONENT.TAX_DATE.between(from, to))
                .and(MATRIX_TAX_COMPONENT.NO.gt(0))
                .groupBy(
                        MATRIX_TAX_COMPONENT.JURISDICTION,
                        MATRIX_TAX_COMPONENT.TAX_TYPE,
                        MATRIX_TAX_COMPONENT.RATE,
                        MATRIX_TAX_COMPONENT.REASON,
                        MATRIX_TAX_COMPONENT.CATEGORY,
                        MATRIX_TAX_COMPONENT.CURRENCY)
                .fetch(row -> new SumRow(
                        row.get(MATRIX_TAX_COMPONENT.JURISDICTION),
                        row.get(MATRIX_TAX_COMPONENT.TAX_TYPE),
                        plain(row.get(MATRIX_TAX_COMPONENT.RATE)),
                        row.get(MATRIX_TAX_COMPONENT.REASON),
                        row.get(MATRIX_TAX_COMPONENT.CATEGORY),
                        row.get(MATRIX_TAX_COMPONENT.CURRENCY),
                        amount(row.get(BASE)),
                        amount(row.get(TAX))));
    }
}
