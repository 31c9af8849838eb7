package dev.matrix.examples.platform;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.InvoiceCreated;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentFailed;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A made-up history to look at: what 200 customers of a German company did in the 18 months before this one, as their host would
 * have published it. The same whenever it is made within one month.
 */
final class SampleHistory {

    static final int CUSTOMERS = 200;
    static final int MONTHS = 18;

    private static final long SEED = 42;
    private static final int MOST_AT_ONCE = 1_000;
    private static final BigDecimal VAT = new BigDecimal("0.19");
    private static final List<Plan> PLANS =
            List.of(new Plan("starter", "29.00"), new Plan("pro", "99.00"), new Plan("scale", "399.00"));

    private record Plan(String name, Money price) {

        Plan(String name, String euros) {
            this(name, Money.of(euros, "EUR"));
        }
    }

    private final YearMonth first;
    private final List<EventDraft> drafts = new ArrayList<>();

    private SampleHistory(YearMonth first) {
        this.first = first;
    }

    /** Publishes it in one transaction, unless the log has it; returns how many events were written. */
    static int publish(Matrix matrix) {
        EventLog log = matrix.events();
        EventQuery any = EventQuery.all().ownedBy(owner(0));
        if (!log.page(any, PageRequest.first(1)).items().isEmpty()) {
            return 0;
        }
        YearMonth current = YearMonth.from(matrix.storeClock().instant().atOffset(ZoneOffset.UTC));
        List<EventDraft> drafts = new SampleHistory(current.minusMonths(MONTHS)).drafts();
        matrix.transactions().inTransaction(tx -> {
            for (int from = 0; from < drafts.size(); from += MOST_AT_ONCE) {
                log.publishAll(tx, drafts.subList(from, Math.min(drafts.size(), from + MOST_AT_ONCE)));
            }
        });
        return drafts.size();
    }

    static Owner owner(int customer) {
        return Owner.user(String.format(Locale.ROOT, "sample_%03d", customer));
    }

    /** In the order in which it all happened. */
    private List<EventDraft> drafts() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            new Customer(customer, random.split()).live();
        }
        drafts.sort(Comparator.comparing(draft -> Objects.requireNonNull(draft.occurredAt())));
        return drafts;
    }

    private void add(EventPayload payload, Instant at) {
        String key = "sample:" + payload.type().name() + ":" + payload.id() + ":" + at;
        drafts.add(new EventDraft(payload, null, at, List.of(), key));
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** One customer: a plan from some month on, billed each month, now and then changed, some day perhaps cancelled. */
    private final class Customer {

        private final int number;
        private final SplittableRandom random;
        private final Owner owner;
        private final String subscription;
        private final Plan plan;
        private final int since;
        private long seats;
        private long sequence;

        Customer(int number, SplittableRandom random) {
            this.number = number;
            this.random = random;
            this.owner = owner(number);
            this.subscription = "sub_" + owner.id();
            this.plan = PLANS.get(random.nextInt(PLANS.size()));
            this.since = random.nextInt(MONTHS);
            this.seats = 1L + random.nextInt(9);
        }

        void live() {
            boolean subscribed = true;
            for (int month = since; month < MONTHS && subscribed; month++) {
                Instant start = startOf(first.plusMonths(month));
                Period period = new Period(start, startOf(first.plusMonths(month + 1L)), ZoneOffset.UTC);
                Instant billed = start.plus(Duration.ofHours(8)).plus(Duration.ofMinutes(number));
                if (month == since) {
                    add(new SubscriptionCreated(subscription, owner, state(period, start)), billed);
                }
                bill(month, period, billed);
                use(month, period);
                Instant middle = start.plus(Duration.ofDays(14)).plus(Duration.ofMinutes(number));
                if (random.nextInt(15) == 0) {
                    grow(period, middle);
                } else if (random.nextInt(30) == 0) {
                    add(
                            new SubscriptionCancelled(
                                    subscription, owner, state(period, middle), "too_expensive", middle, period.end()),
                            middle);
                    subscribed = false;
                }
            }
        }

        private SubscriptionState state(Period period, Instant effectiveAt) {
            SubscriptionItem item = SubscriptionItem.of(
                    "si_" + owner.id(), plan.name(), plan.price(), BillingInterval.monthly(), seats);
            return SubscriptionState.builder(SubscriptionStatus.ACTIVE, List.of(item), period, effectiveAt)
                    .tier(plan.name())
                    .sequence(++sequence)
                    .build();
        }

        private void grow(Period period, Instant at) {
            SubscriptionState previous = state(period, at);
            seats += 1L + random.nextInt(3);
            add(new SubscriptionUpdated(subscription, owner, state(period, at), previous), at);
        }

        private void bill(int month, Period period, Instant at) {
            Money net = plan.price().times(seats);
            Money tax = net.times(VAT, RoundingMode.HALF_UP);
            Money total = net.plus(tax);
            String id = owner.id() + "_" + month;
            Line line = Line.builder("line_" + id, LineKind.RECURRING, net, tax)
                    .plan(plan.name())
                    .productCategory("digital.saas")
                    .quantity(BigDecimal.valueOf(seats))
                    .period(period)
                    .build();
            String invoice = "inv_" + id;
            String reference = first.plusMonths(month) + "-" + number;
            add(
                    InvoiceCreated.builder()
                            .id(invoice)
                            .owner(owner)
                            .number(reference)
                            .subscriptionId(subscription)
                            .lines(List.of(line))
                            .subtotal(net)
                            .tax(tax)
                            .total(total)
                            .issuedAt(at)
                            .build(),
                    at);
            Instant paid = at.plusSeconds(40);
            if (random.nextInt(12) == 0) {
                add(
                        PaymentFailed.builder("pay_" + id + "_1", owner, total, "sandbox", paid)
                                .tax(tax)
                                .invoiceId(invoice)
                                .subscriptionId(subscription)
                                .code("card_declined")
                                .retryable(true)
                                .build(),
                        paid);
                paid = paid.plus(Duration.ofDays(2));
            }
            add(
                    PaymentSucceeded.builder("pay_" + id, owner, total, PaymentMethod.CARD, paid)
                            .tax(tax)
                            .provider("sandbox")
                            .providerRef("sb_" + id)
                            .invoiceId(invoice)
                            .subscriptionId(subscription)
                            .lines(List.of(line))
                            .build(),
                    paid);
            add(
                    InvoicePaid.builder(invoice, owner, reference, total, paid)
                            .subscriptionId(subscription)
                            .lines(List.of(line))
                            .subtotal(net)
                            .tax(tax)
                            .issuedAt(at)
                            .paymentId("pay_" + id)
                            .build(),
                    paid);
        }

        private void use(int month, Period period) {
            BigDecimal tokens = BigDecimal.valueOf(seats * (20_000 + random.nextInt(180_000)));
            Instant last = period.end().minus(Duration.ofHours(1)).plusSeconds(number);
            Period hour = new Period(last, last.plusSeconds(600), ZoneOffset.UTC);
            add(
                    UsageRecorded.builder()
                            .id("use_" + owner.id() + "_" + month)
                            .owner(owner)
                            .metric("tokens")
                            .quantity(tokens)
                            .unit("token")
                            .period(hour)
                            .resourceId("model-large")
                            .resourceKind("model")
                            .subscriptionId(subscription)
                            .build(),
                    hour.end());
        }
    }
}
