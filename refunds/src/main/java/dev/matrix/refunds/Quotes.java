package dev.matrix.refunds;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.RefundQuote.QuotedLeg;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.RefundProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out what a request would refund, or why not: the first failing check answers. Pure but for the providers' names. */
record Quotes(Map<String, RefundProvider> providers) {

    private static final int MOST_LEGS = 200;

    /** A quote; its refusals have one entry where the request would be refused. */
    RefundQuote of(RefundablePayment payment, List<Leg> legs, RefundRequest request, Bounds bounds, Instant now) {
        return new Run(payment, new Figures(payment, legs), request, bounds, now).quote();
    }

    /**
     * What binds a quote from outside of payment and request.
     *
     * @param blocked whether an open dispute makes the provider refuse refunds
     * @param tax the refund's, where it is fixed; null: the payment's tells
     */
    record Bounds(boolean blocked, @Nullable Money tax) {}

    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient RefundOutcome.Refused refused;

        private Refusal(RefundOutcome.Refused refused) {
            super(refused.message(), null, false, false);
            this.refused = refused;
        }
    }

    /** One request against one payment. */
    private final class Run {

        private final RefundablePayment payment;
        private final Figures figures;
        private final RefundRequest request;
        private final Bounds bounds;
        private final Instant now;
        private final Money refundable;
        private @Nullable ProrationExplanation explanation;
        private List<LineShare> shares = List.of();

        private Run(RefundablePayment payment, Figures figures, RefundRequest request, Bounds bounds, Instant now) {
            this.payment = payment;
            this.figures = figures;
            this.request = request;
            this.bounds = bounds;
            this.now = now;
            this.refundable = payment.refundable();
        }

        private Refusal refuse(RefusalCode code, String message) {
            return new Refusal(new RefundOutcome.Refused(code, message, refundable));
        }

        RefundQuote quote() {
            Money none = Money.zero(payment.captured().currency());
            try {
                return accepted();
            } catch (Refusal refusal) {
                return new RefundQuote(none, none, none, List.of(), List.of(), List.of(refusal.refused), explanation);
            }
        }

        private RefundQuote accepted() {
            requireCurrency();
            String name = request.via() == null ? payment.provider() : request.via();
            RefundProvider provider = providers.get(name);
            if (provider == null) {
                throw refuse(
                        RefusalCode.PROVIDER_NOT_REGISTERED,
                        "No refund provider " + name + " is registered on this node; add it to Refunds.on(matrix).");
            }
            ProviderCapabilities caps = provider.capabilities();
            requireKnownOptions(caps, name);
            requireCounted(caps, name);
            requireUndisputed();
            requireDestination(provider, caps, name);
            if (refundable.signum() == 0) {
                throw refuse(
                        RefusalCode.NOTHING_TO_REFUND,
                        "Nothing of payment " + payment.id() + " is left to refund"
                                + (payment.reserved().signum() > 0
                                        ? "; " + payment.reserved() + " waits in refunds that aren't over."
                                        : "."));
            }
            Money amount = amount();
            if (amount.compareTo(available()) > 0) {
                throw refuse(
                        RefusalCode.AMOUNT_EXCEEDS_REFUNDABLE,
                        amount + " is more than the " + available() + " that can still be refunded.");
            }
            Money fixed = bounds.tax();
            Money tax = shares.isEmpty()
                    ? fixed == null ? figures.tax(amount) : fixed
                    : shares.stream().map(LineShare::tax).collect(Money.summing(amount.currency()));
            List<QuotedLeg> legs = figures.split(amount, tax, name, request.captureId());
            if (legs.isEmpty()) {
                throw refuse(
                        RefusalCode.AMOUNT_EXCEEDS_REFUNDABLE,
                        amount + " is more than the captures have left to give.");
            }
            if (!shares.isEmpty()) {
                legs = taxedByLines(legs);
            }
            requireCapable(caps, legs, name);
            return new RefundQuote(amount, tax, amount.minus(tax), legs, shares, List.of(), explanation);
        }

        /** Each leg's tax is that of its lines. */
        private List<QuotedLeg> taxedByLines(List<QuotedLeg> legs) {
            List<List<LineShare>> byLeg = Figures.byLeg(shares, legs);
            List<QuotedLeg> taxed = new ArrayList<>();
            for (int i = 0; i < legs.size(); i++) {
                Money tax = byLeg.get(i).stream()
                        .map(LineShare::tax)
                        .collect(Money.summing(legs.get(i).amount().currency()));
                taxed.add(new QuotedLeg(
                        legs.get(i).captureId(),
                        legs.get(i).provider(),
                        legs.get(i).amount(),
                        tax));
            }
            return taxed;
        }

        private void requireCurrency() {
            Currency captured = payment.captured().currency();
            boolean fits = true;
            if (request.amount() instanceof RefundAmount.Exact exact) {
                fits = exact.amount().currency().equals(captured);
            } else if (request.amount() instanceof RefundAmount.ByLines lines) {
                fits = lines.lines().values().stream()
                        .allMatch(amount -> amount.currency().equals(captured));
            }
            if (!fits) {
                throw refuse(
                        RefusalCode.CURRENCY_MISMATCH,
                        "Payment " + payment.id() + " was captured in " + captured.code()
                                + " and is refunded in that currency alone.");
            }
        }

        private void requireKnownOptions(ProviderCapabilities caps, String name) {
            Set<String> unknown = new TreeSet<>(request.options().keySet());
            unknown.removeAll(caps.options());
            Checks.that(
                    unknown.isEmpty(), "The provider " + name + " takes no option of these names: " + unknown + ".");
        }

        private void requireCounted(ProviderCapabilities caps, String name) {
            String code = payment.captured().currency().code();
            if (caps.remote() && !caps.currencies().containsKey(code)) {
                throw refuse(RefusalCode.CURRENCY_MISMATCH, "The provider " + name + " doesn't return " + code + ".");
            }
        }

        private void requireUndisputed() {
            if (bounds.blocked()) {
                throw refuse(
                        RefusalCode.PAYMENT_DISPUTED,
                        "Payment " + payment.id()
                                + " is disputed, and its provider refuses refunds until that is over.");
            }
            if (refundable.signum() == 0 && payment.disputed().signum() > 0) {
                throw refuse(
                        RefusalCode.CHARGED_BACK, "Disputes have taken what was left of payment " + payment.id() + ".");
            }
        }

        private void requireDestination(RefundProvider provider, ProviderCapabilities caps, String name) {
            RefundDestination destination = request.destination();
            Checks.that(
                    destination == null || caps.needsDestination(),
                    "The provider " + name + " returns money to the original method and takes no destination.");
            if (!caps.needsDestination()) {
                return;
            }
            if (destination == null) {
                throw refuse(
                        RefusalCode.DESTINATION_REQUIRED,
                        "The provider " + name + " has to be told where the money goes; set the destination.");
            }
            provider.destinationProblem(destination).ifPresent(problem -> {
                throw refuse(RefusalCode.DESTINATION_INVALID, ProviderTexts.clean(problem));
            });
        }

        private Money available() {
            Money byCapture = request.captureId() == null
                    ? refundable
                    : payment.captures().stream()
                            .filter(capture -> capture.id().equals(request.captureId()))
                            .findFirst()
                            .map(figures::left)
                            .orElseThrow(() -> new InvalidRequestException(
                                    "Payment " + payment.id() + " has no capture " + request.captureId() + "."));
            return byCapture.min(refundable);
        }

        private Money amount() {
            if (request.amount() instanceof RefundAmount.Exact exact) {
                return exact.amount();
            }
            if (request.amount() instanceof RefundAmount.ByLines lines) {
                return byLines(lines.lines());
            }
            if (request.amount() instanceof RefundAmount.Prorated prorated) {
                return prorated(prorated.proration());
            }
            Money rest = available();
            if (rest.signum() == 0) {
                throw refuse(RefusalCode.NOTHING_TO_REFUND, "Nothing of that capture is left to refund.");
            }
            return rest;
        }

        private Money byLines(Map<String, Money> amounts) {
            Set<String> unknown = new TreeSet<>(amounts.keySet());
            for (PaymentLine line : payment.lines()) {
                unknown.remove(line.id());
                Money part = amounts.get(line.id());
                if (part != null && part.compareTo(figures.left(line)) > 0) {
                    throw refuse(
                            RefusalCode.LINE_EXCEEDED,
                            part + " is more than the " + figures.left(line) + " that line " + line.id()
                                    + " has left.");
                }
            }
            Checks.that(unknown.isEmpty(), "Payment " + payment.id() + " has no lines of these ids: " + unknown + ".");
            shares = figures.shares(amounts);
            return shares.stream()
                    .map(LineShare::amount)
                    .collect(Money.summing(payment.captured().currency()));
        }

        private Money prorated(Proration how) {
            List<PaymentLine> recurring = payment.lines().stream()
                    .filter(line -> line.kind() == PriceKind.RECURRING)
                    .toList();
            ServicePeriod period = periodOf(recurring);
            if (period == null || (recurring.isEmpty() && !payment.lines().isEmpty())) {
                throw refuse(
                        RefusalCode.NOT_PRORATABLE,
                        "Payment " + payment.id() + " has no recurring part with one period of service.");
            }
            Money base = recurring.isEmpty()
                    ? payment.captured()
                    : recurring.stream()
                            .map(PaymentLine::amount)
                            .collect(Money.summing(payment.captured().currency()));
            Prorating prorating = new Prorating(period, how, base, figures.prorated());
            explanation = prorating.explanation();
            Money due = prorating.unused().minus(prorating.earlier()).min(available());
            if (due.signum() <= 0) {
                throw refuse(RefusalCode.NOTHING_TO_REFUND, "Nothing of the period is left that wasn't used.");
            }
            allotToLines(recurring, due);
            return due;
        }

        private @Nullable ServicePeriod periodOf(List<PaymentLine> recurring) {
            Set<ServicePeriod> periods = new LinkedHashSet<>();
            for (PaymentLine line : recurring) {
                ServicePeriod own = line.period() == null ? payment.period() : line.period();
                if (own == null) {
                    return null;
                }
                periods.add(own);
            }
            if (recurring.isEmpty()) {
                return payment.period();
            }
            return periods.size() == 1 ? periods.iterator().next() : null;
        }

        /** So that each line's own tax counts; where a line has too little left, the payment's tax does. */
        private void allotToLines(List<PaymentLine> recurring, Money due) {
            if (recurring.isEmpty()) {
                return;
            }
            List<Money> parts = due.allocate(
                    recurring.stream().map(line -> line.amount().amount()).toList());
            Map<String, Money> amounts = new LinkedHashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).compareTo(figures.left(recurring.get(i))) > 0) {
                    return;
                }
                amounts.put(recurring.get(i).id(), parts.get(i));
            }
            shares = figures.shares(amounts);
        }

        private void requireCapable(ProviderCapabilities caps, List<QuotedLeg> legs, String name) {
            int decimals = caps.currencies()
                    .getOrDefault(
                            payment.captured().currency().code(),
                            payment.captured().currency().scale());
            for (QuotedLeg leg : legs) {
                Capture capture = payment.captures().stream()
                        .filter(one -> one.id().equals(leg.captureId()))
                        .findFirst()
                        .orElseThrow();
                if (caps.window() != null && !now.isBefore(capture.capturedAt().plus(caps.window()))) {
                    throw refuse(
                            RefusalCode.WINDOW_EXPIRED,
                            name + " returns a capture within " + caps.window() + "; that of " + capture.id()
                                    + " is over.");
                }
                if (leg.amount().amount().stripTrailingZeros().scale() > decimals) {
                    throw refuse(
                            RefusalCode.CURRENCY_MISMATCH,
                            name + " counts in " + decimals + " decimals; " + leg.amount() + " has more.");
                }
                long earlier = figures.ofCapture(capture.id()).count();
                if (!caps.partial() && !leg.amount().equals(capture.amount())) {
                    throw refuse(RefusalCode.PARTIAL_NOT_SUPPORTED, name + " returns a capture whole or not at all.");
                }
                boolean tooMany = caps.maxRefunds() != null && earlier >= caps.maxRefunds();
                if (tooMany || (!caps.multiple() && earlier > 0)) {
                    throw refuse(
                            RefusalCode.TOO_MANY_REFUNDS,
                            "Capture " + capture.id() + " has as many refunds as " + name + " allows.");
                }
            }
            if (figures.liveLegs() + legs.size() > MOST_LEGS) {
                throw refuse(
                        RefusalCode.TOO_MANY_REFUNDS,
                        "A payment has at most " + MOST_LEGS + " refunds of its captures.");
            }
        }
    }
}
