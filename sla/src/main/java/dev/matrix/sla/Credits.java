package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SlaCreditIssued;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.CreditStore.CreditRow;
import dev.matrix.sla.spi.ServiceCharge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes credits of what periods give back, and decides on them. Callers hold the subscription's row. */
record Credits(
        SlaStores stores, Records records, Text text, Charges charges, EventLog events, Ids ids, InstantSource clock) {

    private static final int MONTHS = 12;

    /** What a period gives back now, yearly caps applied. */
    List<CreditLine> due(Tx tx, Subscribed subscribed, SlaPeriod period, JudgedSpan judged) {
        List<Segment> segments = judged.timeline().segments(period);
        Segment last = segments.get(segments.size() - 1);
        Instant from = Periods.instant(segments.get(0).from());
        Instant to = Periods.instant(last.to());
        List<CreditLine> lines = CreditRules.lines(segments, judged, charges.charged(tx, subscribed.id(), from, to));
        BigDecimal cap = last.definition().credits().yearlyCapPercent();
        return cap == null
                ? lines
                : lines.stream()
                        .map(line -> CreditRules.cut(line, yearly(tx, subscribed, period, last, line, cap)))
                        .toList();
    }

    /** What the cap on the 12 months before the period's end leaves for it. */
    private Money yearly(
            Tx tx, Subscribed subscribed, SlaPeriod period, Segment last, CreditLine line, BigDecimal cap) {
        ZoneId zone = last.binding().zone();
        Instant end = Periods.instant(Periods.end(period, last.binding()));
        Instant begin = end.atZone(zone).minusMonths(MONTHS).toInstant();
        Money charged = Money.zero(line.amount().currency());
        for (ServiceCharge each : charges.charged(tx, subscribed.id(), begin, end)) {
            if (each.net().currency().equals(charged.currency())) {
                charged = charged.plus(each.net());
            }
        }
        Money given = Money.zero(charged.currency());
        for (SlaCredit each : of(tx, subscribed.id(), begin)) {
            if (counts(each) && !each.period().equals(period.toString()) && isOf(each, charged)) {
                given = given.plus(each.amount());
            }
        }
        return charged.times(cap.movePointLeft(2), RoundingMode.HALF_EVEN).minus(given);
    }

    private static boolean counts(SlaCredit credit) {
        return credit.state() != CreditState.DECLINED && credit.state() != CreditState.SUPPRESSED;
    }

    private static boolean isOf(SlaCredit credit, Money money) {
        return credit.amount().currency().equals(money.currency());
    }

    private List<SlaCredit> of(Tx tx, String subscription, Instant from) {
        return stores.credits().of(tx, subscription, from).stream()
                .map(row -> text.read(row.json(), SlaCredit.class))
                .toList();
    }

    /** Makes the credits of a statement: what is due, less what the period's earlier credits gave. */
    List<String> make(
            Tx tx,
            Subscribed subscribed,
            SlaPeriod period,
            List<Segment> segments,
            List<CreditLine> lines,
            ComplianceState state,
            boolean refunded) {
        Segment last = segments.get(segments.size() - 1);
        Instant start = Periods.instant(Periods.start(period, last.binding()));
        List<SlaCredit> earlier = of(tx, subscribed.id(), start).stream()
                .filter(each -> each.period().equals(period.toString()))
                .toList();
        List<String> made = new ArrayList<>();
        int number = earlier.size();
        for (CreditLine line : lines) {
            Money amount = line.amount();
            Money tax = line.tax();
            @Nullable String adjusts = null;
            for (SlaCredit each : earlier) {
                if (isOf(each, amount)) {
                    boolean gives = each.state() != CreditState.SUPPRESSED;
                    amount = gives ? amount.minus(each.amount()) : amount;
                    tax = gives ? tax.minus(each.tax()) : tax;
                    adjusts = each.id();
                }
            }
            if (!line.reasons().isEmpty()
                    || !amount.isZero()
                    || (earlier.isEmpty() && state == ComplianceState.BREACHED)) {
                if (adjusts != null && amount.isZero()) {
                    continue;
                }
                number++;
                String key = "slaCredit:" + Names.key(subscribed.id(), period.toString()) + ":v" + number
                        + (lines.size() > 1 ? ":" + amount.currency().code() : "");
                made.add(insert(tx, subscribed, period, last, line, amount, tax, key, adjusts, state, refunded));
            }
        }
        return made;
    }

    private String insert(
            Tx tx,
            Subscribed subscribed,
            SlaPeriod period,
            Segment last,
            CreditLine line,
            Money amount,
            Money tax,
            String key,
            @Nullable String adjusts,
            ComplianceState state,
            boolean refunded) {
        CreditPolicy policy = last.definition().credits();
        Instant now = clock.instant();
        Instant end = Periods.instant(Periods.end(period, last.binding()));
        boolean ended = subscribed.at(now) == null;
        CreditState first = first(policy, amount, ended || refunded, state);
        SlaCredit credit = new SlaCredit(
                ids.next("scr"),
                key,
                subscribed.id(),
                period.toString(),
                last.definition().tier(),
                last.definition().version(),
                first,
                ended ? Settlement.REFUND : Settlement.NEXT_INVOICE,
                line.base(),
                line.percent(),
                amount,
                tax,
                line.reasons(),
                line.capped(),
                adjusts,
                Periods.instant(Periods.start(period, last.binding())),
                end,
                now,
                policy.mode() == CreditMode.ON_CLAIM ? end.plus(policy.claimWithin()) : null,
                null);
        CreditRow row = row(credit, subscribed.row().owner(), 1);
        if (!stores.credits().insert(tx, row)) {
            throw new ConflictException("Credit " + key + " exists already.");
        }
        if (first == CreditState.ISSUED) {
            issued(tx, subscribed.row().owner(), credit, last.binding().zone());
        }
        return credit.id();
    }

    /** @param decided whether taking back is left to a decision */
    private static CreditState first(CreditPolicy policy, Money amount, boolean decided, ComplianceState state) {
        if (amount.isZero() || isBelow(policy.minimum(), amount)) {
            return CreditState.SUPPRESSED;
        }
        boolean automatic = policy.mode() == CreditMode.AUTOMATIC
                && state != ComplianceState.NO_DATA
                && !(amount.signum() < 0 && decided)
                && policy.reviewAbove().stream()
                        .noneMatch(most -> most.currency().equals(amount.currency()) && amount.compareTo(most) > 0);
        return automatic ? CreditState.ISSUED : CreditState.PROPOSED;
    }

    private static boolean isBelow(List<Money> minimum, Money amount) {
        return minimum.stream()
                .anyMatch(least -> least.currency().equals(amount.currency())
                        && amount.abs().compareTo(least) < 0);
    }

    private CreditRow row(SlaCredit credit, Owner owner, long version) {
        return new CreditRow(
                credit.id(),
                credit.key(),
                credit.subscriptionId(),
                owner,
                version,
                credit.state().name(),
                credit.periodStart(),
                text.of(credit));
    }

    private void issued(Tx tx, Owner owner, SlaCredit credit, ZoneId zone) {
        events.publish(
                tx,
                BillingEvent.of(SlaCreditIssued.builder()
                                .id(credit.id())
                                .owner(owner)
                                .subscriptionId(credit.subscriptionId())
                                .tier(credit.tier())
                                .definitionVersion(credit.definitionVersion())
                                .creditId(credit.id())
                                .key(credit.key())
                                .period(new Period(credit.periodStart(), credit.periodEnd(), zone))
                                .base(credit.base())
                                .percent(credit.percent().min(Requirements.HUNDRED))
                                .amount(credit.amount())
                                .tax(credit.tax())
                                .settlement(Words.of(credit.settlement()))
                                .reasons(credit.reasons().stream()
                                        .map(each -> new SlaCreditIssued.Reason(each.objective(), each.percent()))
                                        .toList())
                                .adjusts(credit.adjusts())
                                .at(clock.instant())
                                .build())
                        .withKey(Names.key("sla:credit", credit.id())));
    }

    /** Decides on a credit whose state allows it; refuses before it writes. */
    SlaCredit decide(Tx tx, String creditId, CreditDecision decision, String by) {
        Requirements.name(by, "by");
        CreditRow row = stores.credits()
                .find(tx, creditId)
                .orElseThrow(() -> new NotFoundException("No credit " + creditId + "."));
        SlaCredit credit = text.read(row.json(), SlaCredit.class);
        CreditState wanted = decision == CreditDecision.SETTLE ? CreditState.ISSUED : CreditState.PROPOSED;
        if (credit.state() != wanted) {
            throw new ConflictException("Credit " + creditId + " is " + Words.of(credit.state()) + "; only a "
                    + Words.of(wanted) + " one takes the decision " + Words.of(decision) + ".");
        }
        return move(
                tx,
                row,
                credit,
                switch (decision) {
                    case ISSUE -> CreditState.ISSUED;
                    case DECLINE -> CreditState.DECLINED;
                    case SETTLE -> CreditState.SETTLED;
                },
                by);
    }

    private SlaCredit move(Tx tx, CreditRow row, SlaCredit credit, CreditState to, String by) {
        SlaCredit moved = credit.in(to, by);
        if (!stores.credits().replaceIfVersion(tx, row(moved, row.owner(), row.version() + 1))) {
            throw new ConflictException("Credit " + credit.id() + " has changed at the same time; read it again.");
        }
        if (to == CreditState.ISSUED) {
            ZoneId zone = records.subscription(tx, credit.subscriptionId())
                    .flatMap(each -> each.bindings().stream().findFirst())
                    .map(SlaBinding::zone)
                    .orElse(ZoneId.of("UTC"));
            issued(tx, row.owner(), moved, zone);
        }
        return moved;
    }

    /** Issues what a customer claims in time. */
    SlaCredit claim(Tx tx, Subscribed subscribed, SlaPeriod period) {
        Instant now = clock.instant();
        for (CreditRow row : stores.credits().of(tx, subscribed.id(), Instant.EPOCH)) {
            SlaCredit credit = text.read(row.json(), SlaCredit.class);
            boolean open = credit.period().equals(period.toString()) && credit.state() == CreditState.PROPOSED;
            Instant until = credit.claimUntil();
            if (open && until != null && until.isAfter(now)) {
                return move(tx, row, credit, CreditState.ISSUED, "claim");
            }
        }
        throw new ConflictException(
                "Subscription " + subscribed.id() + " has no credit of " + period + " that can be claimed now.");
    }
}
