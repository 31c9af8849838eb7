package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.RefundRequests.CreateCapture;
import dev.matrix.refunds.RefundRequests.CreatePayment;
import dev.matrix.refunds.RefundRequests.CreditsOf;
import dev.matrix.refunds.RefundRequests.ListPayments;
import dev.matrix.refunds.RefundRequests.ListProviders;
import dev.matrix.refunds.RefundRequests.PaymentId;
import dev.matrix.refunds.RefundViews.CreditView;
import dev.matrix.refunds.RefundViews.PaymentView;
import dev.matrix.refunds.RefundViews.ProviderView;
import java.util.List;

/** Operations on payments, credits and providers. What was paid is an operator's to say. */
record PaymentOperations(ApiArea area, ApiArea ofRefunds, StoredRefunds refunds, RefundRows rows) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post("/v1/payments", CreatePayment.class, Reply.json(PaymentView.class)),
                                "createPayment",
                                "Records a captured payment, so that it can be refunded; the same again changes nothing.")
                        .byOperators()
                        .example("one capture", RefundExamples.PAYMENT, RefundExamples.PAID)
                        .handle(this::create),
                area.reading(
                                Operation.get("/v1/payments", ListPayments.class, Reply.pageOf(PaymentView.class)),
                                "listPayments",
                                "Lists payments in id order.")
                        .example(
                                "an owner's",
                                new ListPayments(RefundExamples.OWNER, 20, null),
                                new Page<>(List.of(RefundExamples.PAID), null))
                        .handle(this::list),
                area.reading(
                                Operation.get("/v1/payments/{id}", PaymentId.class, Reply.json(PaymentView.class)),
                                "getPayment",
                                "Shows a payment with what is left of it.")
                        .example("one", new PaymentId("pay_1"), RefundExamples.PAID)
                        .handle(this::get),
                area.writing(
                                Operation.post(
                                        "/v1/payments/{id}/captures",
                                        CreateCapture.class,
                                        Reply.json(PaymentView.class)),
                                "createCapture",
                                "Adds a capture to a payment without lines.")
                        .byOperators()
                        .example("a second one", RefundExamples.CAPTURE, RefundExamples.PAID)
                        .handle(this::capture),
                ofRefunds
                        .reading(
                                Operation.get("/v1/providers", ListProviders.class, Reply.pageOf(ProviderView.class)),
                                "listRefundProviders",
                                "Lists the refund providers that are registered.")
                        .example("all", new ListProviders(), new Page<>(List.of(RefundExamples.MANUAL), null))
                        .handle(this::providers),
                ofRefunds
                        .reading(
                                Operation.get(
                                        "/v1/account-credits/{ownerType}/{ownerId}",
                                        CreditsOf.class,
                                        Reply.json(CreditView.class)),
                                "getAccountCredit",
                                "Shows what a customer has to spend.")
                        .example(
                                "a user's",
                                new CreditsOf("user", "u_42"),
                                new CreditView(RefundExamples.OWNER, List.of(Money.of("5.00", "EUR"))))
                        .handle(this::credits));
    }

    private PaymentView create(CreatePayment q, ApiContext context) {
        PaymentDraft draft = q.draft(context.owner(q.owner()));
        boolean known = refunds.payments().find(context.tx(), q.id()).isPresent();
        RefundablePayment recorded = refunds.payments().record(context.tx(), draft);
        if (known) {
            context.status(200);
        }
        return PaymentView.of(recorded, true);
    }

    private Page<PaymentView> list(ListPayments q, ApiContext context) {
        Owner owner = context.ownerFilter(q.owner()).orElse(null);
        return refunds.payments()
                .page(owner, new PageRequest(q.limit(), q.cursor()))
                .map(payment -> PaymentView.of(payment, context.principal().operator()));
    }

    private PaymentView get(PaymentId q, ApiContext context) {
        return PaymentView.of(rows.payment(context, q.id()), context.principal().operator());
    }

    private PaymentView capture(CreateCapture q, ApiContext context) {
        rows.payment(context, q.id());
        return PaymentView.of(refunds.payments().addCapture(context.tx(), q.id(), q.capture()), true);
    }

    private Page<ProviderView> providers(ListProviders q, ApiContext context) {
        List<ProviderView> all = refunds.providers().entrySet().stream()
                .map(entry -> new ProviderView(
                        entry.getKey(),
                        entry.getValue().currencies().keySet().stream().sorted().toList(),
                        entry.getValue().partial(),
                        entry.getValue().cancellable(),
                        entry.getValue().window()))
                .toList();
        return new Page<>(all, null);
    }

    private CreditView credits(CreditsOf q, ApiContext context) {
        Owner owner = context.owner(q.ownerType(), q.ownerId());
        return new CreditView(owner, refunds.credits().balances(owner));
    }
}
