package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.RefundLedgerStore.PostingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The postings of a leg; pure. What leaves the merchant is positive at the provider's balance, and each kind is zero in sum
 * per currency.
 */
final class Postings {

    private final Leg leg;
    private final Instant at;
    private final List<PostingRow> rows = new ArrayList<>();

    private Postings(Leg leg, Instant at) {
        this.leg = leg;
        this.at = at;
    }

    private void post(String kind, RefundLedger.Account account, Money amount) {
        if (!amount.isZero()) {
            rows.add(new PostingRow(
                    leg.id(),
                    kind,
                    account.name(),
                    amount.currency().code(),
                    amount.amount(),
                    leg.row().paymentId(),
                    leg.row().refundId(),
                    at));
        }
    }

    /** A leg was paid; {@code facts} null: nothing is reported. */
    static List<PostingRow> settled(Leg leg, LegDocument document, @Nullable ProviderFacts facts, Instant at) {
        Postings postings = new Postings(leg, at);
        postings.post(
                "settled",
                RefundLedger.Account.REFUNDS,
                leg.amount().minus(leg.tax()).negated());
        postings.post("settled", RefundLedger.Account.TAX, leg.tax().negated());
        Money settled = document.settled();
        Money share = document.settledShare();
        RefundLedger.Account from = AccountCreditProvider.NAME.equals(leg.row().provider())
                ? RefundLedger.Account.ACCOUNT_CREDIT
                : RefundLedger.Account.PROVIDER_BALANCE;
        if (settled == null || share == null) {
            postings.post("settled", from, leg.amount());
        } else {
            postings.post("settled", RefundLedger.Account.EXCHANGE, leg.amount());
            postings.post("settled", RefundLedger.Account.EXCHANGE, share.negated());
            postings.post("settled", from, settled);
            postings.post("settled", RefundLedger.Account.EXCHANGE_RESULT, share.minus(settled));
        }
        if (facts != null && facts.fee() != null) {
            postings.post("fee", RefundLedger.Account.PROVIDER_FEES, facts.fee().negated());
            postings.post("fee", RefundLedger.Account.PROVIDER_BALANCE, facts.fee());
        }
        if (facts != null && facts.feeReturned() != null) {
            postings.post("fee_returned", RefundLedger.Account.PROVIDER_FEES, facts.feeReturned());
            postings.post(
                    "fee_returned",
                    RefundLedger.Account.PROVIDER_BALANCE,
                    facts.feeReturned().negated());
        }
        return postings.rows;
    }

    /** What was posted as settled, the other way round. */
    static List<PostingRow> reversed(List<PostingRow> settled, Instant at) {
        return settled.stream()
                .map(row -> new PostingRow(
                        row.source(),
                        "reversed",
                        row.account(),
                        row.currency(),
                        row.amount().negate(),
                        row.paymentId(),
                        row.refundId(),
                        at))
                .toList();
    }
}
