package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeProvider.DisputeCommand;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.DisputeStore.DisputeRow;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.RefundProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches and answers disputes at their providers, one call of a dispute at a time, under its lease. That an answer is being sent is
 * committed before its call, so whatever happens then, the next fetch tells what came of it.
 */
final class DisputeAnswers {

    /** One answer's call. */
    interface Act {

        DisputeResult call(DisputeProvider provider, DisputeCommand command, ProviderContext context);
    }

    private final RefundStores stores;
    private final Forms forms;
    private final DisputeBooks books;
    private final Calls calls;
    private final Map<String, RefundProvider> providers;
    private final List<Duration> reminders;
    private final @Nullable Money autoAccept;
    private final Duration lease;
    private final InstantSource clock;

    DisputeAnswers(
            RefundStores stores,
            Forms forms,
            DisputeBooks books,
            Calls calls,
            Map<String, RefundProvider> providers,
            List<Duration> reminders,
            @Nullable Money autoAccept,
            Duration lease,
            InstantSource clock) {
        this.stores = stores;
        this.forms = forms;
        this.books = books;
        this.calls = calls;
        this.providers = providers;
        this.reminders = reminders;
        this.autoAccept = autoAccept;
        this.lease = lease;
        this.clock = clock;
    }

    private Optional<DisputeProvider> disputesOf(String provider) {
        RefundProvider known = providers.get(provider);
        return known == null ? Optional.empty() : known.disputes();
    }

    /** Whether this node can ask a provider for its disputes. */
    boolean fetches(String provider) {
        return disputesOf(provider).isPresent();
    }

    /** The dispute, read under its payment's lock. */
    DisputeRow locked(Tx tx, String disputeId) {
        DisputeRow found = found(tx, disputeId);
        stores.locked(tx, found.paymentId());
        return found(tx, disputeId);
    }

    private DisputeRow found(Tx tx, String disputeId) {
        return stores.disputes()
                .find(tx, disputeId)
                .orElseThrow(() -> new NotFoundException("There is no dispute " + disputeId + "."));
    }

    private static boolean isLeased(DisputeRow row, Instant now) {
        return row.leaseUntil() != null && row.leaseUntil().isAfter(now);
    }

    /** Does what is due of the dispute of a provider that has been due longest; false where none is. */
    boolean work(String provider, Instant now) {
        Optional<DisputeRow> claimed =
                stores.transactions().returning(tx -> stores.disputes().claimDue(tx, provider, now, lease));
        claimed.ifPresent(this::fetch);
        return claimed.isPresent();
    }

    /** Fetches a dispute, due or not. */
    void fetchNow(String disputeId) {
        Instant now = clock.instant();
        Optional<DisputeRow> claimed = stores.transactions().returning(tx -> {
            found(tx, disputeId);
            return stores.disputes().claim(tx, disputeId, now, lease);
        });
        fetch(claimed.orElseThrow(() ->
                new ConflictException("A node is fetching dispute " + disputeId + "; try again in two minutes.")));
    }

    private void fetch(DisputeRow claimed) {
        DisputeLookup found = disputesOf(claimed.provider())
                .<DisputeLookup>map(disputes -> calls.isInTime(claimed.leaseUntil())
                        ? calls.fetch(disputes, claimed.disputeRef())
                        : new DisputeLookup.Unavailable("The lease had too little time left for the call."))
                .orElseGet(DisputeLookup.Absent::new);
        boolean accepts = stores.transactions().<Boolean>returning(tx -> settle(tx, claimed, found));
        if (accepts) {
            answer(
                    claimed.id(),
                    DisputeAction.ACCEPT,
                    null,
                    (provider, command, context) -> provider.accept(command, context));
        }
    }

    /** Applies what was fetched and reminds; tells whether the dispute is to be accepted without a person. */
    private boolean settle(Tx tx, DisputeRow claimed, DisputeLookup found) {
        PaymentRow payment = stores.locked(tx, claimed.paymentId());
        DisputeRow row = found(tx, claimed.id());
        Instant now = clock.instant();
        if (row.fence() != claimed.fence()) {
            return false;
        }
        DisputeDocument before = forms.document(row);
        DisputeDocument after = found instanceof DisputeLookup.Found news
                        && forms.problem(news.facts()).isEmpty()
                        && news.facts().disputeRef().equals(row.disputeRef())
                ? DisputeRules.merged(before, news.facts())
                : before;
        List<String> due = DisputeRules.remindersDue(after, reminders, now);
        if (!due.isEmpty()) {
            List<String> all = new ArrayList<>(after.reminded());
            all.addAll(due);
            after = after.reminded(List.copyOf(all));
            books.evidenceDue(tx, payment, row, after, now);
        }
        boolean accepts = found instanceof DisputeLookup.Found && isSmall(after);
        if (accepts) {
            after = after.autoAccepted(true);
        }
        boolean fetches = fetches(row.provider());
        books.change(tx, payment, row, before, after, DisputeRules.nextAt(after, reminders, fetches, now), now);
        return accepts;
    }

    private boolean isSmall(DisputeDocument dispute) {
        Money amount = dispute.facts().amount();
        return autoAccept != null
                && !dispute.autoAccepted()
                && dispute.counted() == DisputeStatus.NEEDS_RESPONSE
                && !dispute.attention().contains(Attention.UNRECOGNISED_STATUS)
                && dispute.facts().actions().contains(DisputeAction.ACCEPT)
                && amount.currency().equals(autoAccept.currency())
                && amount.compareTo(autoAccept) < 0;
    }

    /** What an answer begins with: a claim, or a refusal. */
    private record Begun(
            @Nullable DisputeRow claimed, @Nullable String refusal, boolean doubtful) {}

    /** Sends an answer, once what is in doubt of the one before was fetched. */
    DisputeOutcome answer(String disputeId, DisputeAction action, @Nullable String note, Act act) {
        Begun begun = stores.transactions().returning(tx -> begin(tx, disputeId, action));
        if (begun.doubtful()) {
            fetchNow(disputeId);
            begun = stores.transactions().returning(tx -> begin(tx, disputeId, action));
        }
        DisputeRow claimed = begun.claimed();
        if (claimed == null) {
            String why = begun.refusal();
            return new DisputeOutcome.Refused(
                    why == null ? "What became of the answer before isn't known yet; try again later." : why);
        }
        DisputeProvider provider = disputesOf(claimed.provider()).orElseThrow();
        DisputeCommand command = new DisputeCommand(
                claimed.disputeRef(), claimed.id() + "_" + Forms.word(action) + "_" + claimed.fence(), note);
        DisputeResult result = calls.isInTime(claimed.leaseUntil())
                ? calls.act(context -> act.call(provider, command, context))
                : new DisputeResult.Declined("The lease had too little time left for the call; try again.");
        return stores.transactions().returning(tx -> settle(tx, claimed, action, result));
    }

    private Begun begin(Tx tx, String disputeId, DisputeAction action) {
        DisputeRow row = locked(tx, disputeId);
        Instant now = clock.instant();
        DisputeDocument document = forms.document(row);
        DisputeProvider provider = disputesOf(row.provider()).orElse(null);
        if (provider == null) {
            return new Begun(null, "Provider " + row.provider() + " takes answers at its own desk alone.", false);
        }
        if (document.doubt() != null) {
            return new Begun(null, null, true);
        }
        String refusal = DisputeRules.refusal(document, action, provider.oneSubmission(), now)
                .orElse(null);
        if (refusal != null) {
            return new Begun(null, refusal, false);
        }
        if (isLeased(row, now)) {
            return new Begun(null, "A node is fetching the dispute; try again in two minutes.", false);
        }
        DisputeRow claimed = stores.disputes().claim(tx, disputeId, now, lease).orElseThrow();
        books.write(tx, claimed, document.withDoubt(action), claimed.nextAt(), claimed.leaseUntil());
        return new Begun(found(tx, disputeId), null, false);
    }

    private DisputeOutcome settle(Tx tx, DisputeRow claimed, DisputeAction action, DisputeResult result) {
        PaymentRow payment = stores.locked(tx, claimed.paymentId());
        DisputeRow row = found(tx, claimed.id());
        Instant now = clock.instant();
        if (row.fence() != claimed.fence()) {
            return new DisputeOutcome.Unknown(forms.dispute(row));
        }
        DisputeDocument before = forms.document(row);
        DisputeDocument after = before;
        if (result instanceof DisputeResult.Taken taken
                && forms.problem(taken.facts()).isEmpty()) {
            after = DisputeRules.merged(before, taken.facts());
        }
        boolean sent = result instanceof DisputeResult.Taken || result instanceof DisputeResult.Pending;
        if (sent && action == DisputeAction.SUBMIT_EVIDENCE) {
            after = after.submittedNow();
        } else if (!(result instanceof DisputeResult.Unknown)) {
            after = after.withDoubt(null);
        }
        boolean soon = result instanceof DisputeResult.Pending;
        Instant nextAt = soon ? now.plus(Duration.ofMinutes(1)) : DisputeRules.nextAt(after, reminders, true, now);
        books.change(tx, payment, row, before, after, nextAt, now);
        Dispute dispute = forms.dispute(found(tx, row.id()));
        if (result instanceof DisputeResult.Declined declined) {
            return new DisputeOutcome.Refused(ProviderTexts.clean(declined.message()));
        }
        if (result instanceof DisputeResult.NotExecuted not) {
            return new DisputeOutcome.Refused("It was not sent; try again. " + ProviderTexts.clean(not.message()));
        }
        return sent ? new DisputeOutcome.Taken(dispute) : new DisputeOutcome.Unknown(dispute);
    }
}
