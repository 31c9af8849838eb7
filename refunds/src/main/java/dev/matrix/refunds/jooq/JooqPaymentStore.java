package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_PAYMENT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_PAYMENT_CAPTURE;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.refunds.spi.PaymentStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link PaymentStore} in {@code matrix_payment} and {@code matrix_payment_capture}. */
final class JooqPaymentStore implements PaymentStore {

    private static PaymentRow row(Record row) {
        return new PaymentRow(
                row.get(MATRIX_PAYMENT.ID),
                Owners.of(row.get(MATRIX_PAYMENT.OWNER_TYPE), row.get(MATRIX_PAYMENT.OWNER_ID)),
                row.get(MATRIX_PAYMENT.CURRENCY),
                row.get(MATRIX_PAYMENT.CAPTURED),
                row.get(MATRIX_PAYMENT.REFUNDED),
                row.get(MATRIX_PAYMENT.RESERVED),
                row.get(MATRIX_PAYMENT.DISPUTED),
                row.get(MATRIX_PAYMENT.TAX),
                row.get(MATRIX_PAYMENT.TAX_ALLOCATED),
                row.get(MATRIX_PAYMENT.SUBSCRIPTION_ID),
                row.get(MATRIX_PAYMENT.PAID_AT),
                row.get(MATRIX_PAYMENT.ATTENTION),
                row.get(MATRIX_PAYMENT.DOCUMENT),
                row.get(MATRIX_PAYMENT.VERSION));
    }

    @Override
    public boolean insert(Tx tx, PaymentRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_PAYMENT)
                                .set(MATRIX_PAYMENT.ID, row.id())
                                .set(MATRIX_PAYMENT.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_PAYMENT.OWNER_ID, row.owner().id())
                                .set(MATRIX_PAYMENT.CURRENCY, row.currency())
                                .set(MATRIX_PAYMENT.CAPTURED, row.captured())
                                .set(MATRIX_PAYMENT.REFUNDED, row.refunded())
                                .set(MATRIX_PAYMENT.RESERVED, row.reserved())
                                .set(MATRIX_PAYMENT.DISPUTED, row.disputed())
                                .set(MATRIX_PAYMENT.TAX, row.tax())
                                .set(MATRIX_PAYMENT.TAX_ALLOCATED, row.taxAllocated())
                                .set(MATRIX_PAYMENT.SUBSCRIPTION_ID, row.subscriptionId())
                                .set(MATRIX_PAYMENT.PAID_AT, row.paidAt())
                                .set(MATRIX_PAYMENT.ATTENTION, row.attention())
                                .set(MATRIX_PAYMENT.DOCUMENT, row.document())
                                .set(MATRIX_PAYMENT.VERSION, row.version()))
                == 1;
    }

    @Override
    public boolean addCapture(Tx tx, String provider, String ref, String paymentId) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_PAYMENT_CAPTURE)
                                .set(MATRIX_PAYMENT_CAPTURE.PROVIDER, provider)
                                .set(MATRIX_PAYMENT_CAPTURE.PROVIDER_REF, ref)
                                .set(MATRIX_PAYMENT_CAPTURE.PAYMENT_ID, paymentId))
                == 1;
    }

    @Override
    public Optional<String> paymentOf(Tx tx, String provider, String ref) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_PAYMENT_CAPTURE.PAYMENT_ID)
                .from(MATRIX_PAYMENT_CAPTURE)
                .where(MATRIX_PAYMENT_CAPTURE.PROVIDER.eq(provider))
                .and(MATRIX_PAYMENT_CAPTURE.PROVIDER_REF.eq(ref))
                .fetchOptional(MATRIX_PAYMENT_CAPTURE.PAYMENT_ID);
    }

    @Override
    public Optional<PaymentRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_PAYMENT)
                .where(MATRIX_PAYMENT.ID.eq(id))
                .fetchOptional(JooqPaymentStore::row);
    }

    @Override
    public Optional<PaymentRow> lock(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_PAYMENT)
                .where(MATRIX_PAYMENT.ID.eq(id))
                .forUpdate()
                .fetchOptional(JooqPaymentStore::row);
    }

    @Override
    public boolean apply(Tx tx, String id, long version, BalanceChange change) {
        Condition covered = change.guarded()
                ? MATRIX_PAYMENT
                        .CAPTURED
                        .plus(change.captured())
                        .minus(MATRIX_PAYMENT.REFUNDED)
                        .minus(change.refunded())
                        .minus(MATRIX_PAYMENT.RESERVED)
                        .minus(change.reserved())
                        .minus(MATRIX_PAYMENT.DISPUTED)
                        .minus(change.disputed())
                        .ge(BigDecimal.ZERO)
                : noCondition();
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_PAYMENT)
                        .set(MATRIX_PAYMENT.CAPTURED, MATRIX_PAYMENT.CAPTURED.plus(change.captured()))
                        .set(MATRIX_PAYMENT.REFUNDED, MATRIX_PAYMENT.REFUNDED.plus(change.refunded()))
                        .set(MATRIX_PAYMENT.RESERVED, MATRIX_PAYMENT.RESERVED.plus(change.reserved()))
                        .set(MATRIX_PAYMENT.DISPUTED, MATRIX_PAYMENT.DISPUTED.plus(change.disputed()))
                        .set(MATRIX_PAYMENT.TAX_ALLOCATED, MATRIX_PAYMENT.TAX_ALLOCATED.plus(change.taxAllocated()))
                        .set(MATRIX_PAYMENT.VERSION, version + 1)
                        .where(MATRIX_PAYMENT.ID.eq(id))
                        .and(MATRIX_PAYMENT.VERSION.eq(version))
                        .and(covered)
                        .execute()
                == 1;
    }

    @Override
    public boolean describe(Tx tx, String id, long version, String attention, String document) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_PAYMENT)
                        .set(MATRIX_PAYMENT.ATTENTION, attention)
                        .set(MATRIX_PAYMENT.DOCUMENT, document)
                        .set(MATRIX_PAYMENT.VERSION, version + 1)
                        .where(MATRIX_PAYMENT.ID.eq(id))
                        .and(MATRIX_PAYMENT.VERSION.eq(version))
                        .execute()
                == 1;
    }

    @Override
    public List<PaymentRow> ofSubscription(Tx tx, Owner owner, String subscriptionId, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_PAYMENT)
                .where(MATRIX_PAYMENT.SUBSCRIPTION_ID.eq(subscriptionId))
                .and(Owners.are(MATRIX_PAYMENT.OWNER_TYPE, MATRIX_PAYMENT.OWNER_ID, owner))
                .orderBy(MATRIX_PAYMENT.PAID_AT.desc(), MATRIX_PAYMENT.ID.desc())
                .limit(limit)
                .fetch(JooqPaymentStore::row);
    }

    @Override
    public Page<PaymentRow> page(Tx tx, @Nullable Owner owner, PageRequest page) {
        List<PaymentRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_PAYMENT)
                .where(
                        owner == null
                                ? noCondition()
                                : Owners.are(MATRIX_PAYMENT.OWNER_TYPE, MATRIX_PAYMENT.OWNER_ID, owner))
                .and(page.cursor() == null ? noCondition() : MATRIX_PAYMENT.ID.gt(page.cursor()))
                .orderBy(MATRIX_PAYMENT.ID)
                .limit(page.limit() + 1)
                .fetch(JooqPaymentStore::row);
        return Page.of(found, page, PaymentRow::id);
    }
}
