package dev.matrix.refunds;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.testkit.ApiModuleContract;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of refunds keep the contract of modules. */
class RefundsApiContractTest implements ApiModuleContract {

    private final FakeDisputes disputes = new FakeDisputes();
    private @Nullable Refunds built;

    @Override
    public Matrix matrix(Stores stores) {
        return Matrix.builder().stores(stores).build();
    }

    @Override
    public ApiModule module(Matrix matrix) {
        Refunds refunds = Refunds.on(matrix)
                .provider(new BankRefunds(
                                BankRefunds.Flaw.NONE, BankRefunds.usual().local())
                        .with(disputes, null))
                .policy(RefundPolicy.approvalAbove(Money.of("50.00", "EUR")))
                .build();
        built = refunds;
        return refunds.api();
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of("createRefund", "quoteRefund", "cancelRefund");
    }

    private static void payment(Refunds refunds, Owner owner, String id) {
        payment(refunds, owner, id, "manual");
    }

    private static void payment(Refunds refunds, Owner owner, String id, String provider) {
        Money captured = Money.of("119.00", "EUR");
        Capture capture = Capture.of("c_" + id, captured, RefundExamples.AT);
        refunds.payments().record(PaymentDraft.of(id, owner, provider, capture));
    }

    private static String refund(Refunds refunds, Owner owner, String payment, String amount) {
        payment(refunds, owner, payment);
        RefundAmount exact = new RefundAmount.Exact(Money.of(amount, "EUR"));
        RefundRequest request = RefundRequest.of(payment, exact, RefundReason.GOODWILL, "k-" + payment)
                .requestedBy("bob");
        return ((RefundOutcome.Accepted) refunds.refund(request)).refund().id();
    }

    private String dispute(Refunds refunds, Owner owner, String payment) {
        payment(refunds, owner, payment, "bank");
        DisputeFacts facts = DisputeFacts.of("du_" + payment, Money.of("5.00", "EUR"), "fraudulent", RefundExamples.AT)
                .withResponse(Instant.parse("9999-01-01T00:00:00Z"), EnumSet.allOf(DisputeAction.class), false);
        disputes.show(facts);
        return "/v1/disputes/" + refunds.disputes().record(payment, facts).id();
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Refunds refunds = Objects.requireNonNull(built);
        payment(refunds, owner, "pay_1");
        String shown = "/v1/refunds/" + refund(refunds, owner, "pay_a", "10.00");
        String byHand = refund(refunds, owner, "pay_b", "10.00");
        refunds.advance(byHand);
        Map<String, String> paths = new HashMap<>();
        paths.put("getPayment", "/v1/payments/pay_1");
        paths.put("createCapture", "/v1/payments/pay_1/captures");
        paths.put("getRefund", shown);
        paths.put("getRefundHistory", shown + "/history");
        paths.put("resolveRefund", "/v1/refunds/" + byHand + "/resolutions");
        paths.put("cancelRefund", "/v1/refunds/" + refund(refunds, owner, "pay_e", "10.00") + "/cancellations");
        paths.put("approveRefund", "/v1/refunds/" + refund(refunds, owner, "pay_c", "60.00") + "/approvals");
        paths.put("rejectRefund", "/v1/refunds/" + refund(refunds, owner, "pay_d", "60.00") + "/rejections");
        paths.put("getDispute", dispute(refunds, owner, "pay_f"));
        paths.put("saveDisputeEvidence", dispute(refunds, owner, "pay_g") + "/evidence");
        paths.put("acceptDispute", dispute(refunds, owner, "pay_h") + "/acceptances");
        paths.put("getAccountCredit", "/v1/account-credits/" + "user/" + owner.id());
        return paths;
    }
}
