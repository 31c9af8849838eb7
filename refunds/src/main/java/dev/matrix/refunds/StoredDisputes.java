package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeStore;
import dev.matrix.refunds.spi.DisputeStore.DisputeRow;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundSecretStore.Kind;
import dev.matrix.refunds.spi.RefundSecretStore.SecretRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Disputes} in the store: reading, recording, drafts. {@link DisputeAnswers} reaches the providers. */
final class StoredDisputes implements Disputes {

    private final RefundStores stores;
    private final Forms forms;
    private final DisputeBooks books;
    private final DisputeAnswers answers;
    private final SealedValues sealed;
    private final List<Duration> reminders;
    private final Ids ids;
    private final InstantSource clock;

    StoredDisputes(
            RefundStores stores,
            Forms forms,
            DisputeBooks books,
            DisputeAnswers answers,
            SealedValues sealed,
            List<Duration> reminders,
            Ids ids,
            InstantSource clock) {
        this.stores = stores;
        this.forms = forms;
        this.books = books;
        this.answers = answers;
        this.sealed = sealed;
        this.reminders = reminders;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<Dispute> find(String disputeId) {
        return stores.transactions().returning(tx -> find(tx, disputeId));
    }

    @Override
    public Optional<Dispute> find(Tx tx, String disputeId) {
        return stores.disputes().find(tx, disputeId).map(forms::dispute);
    }

    @Override
    public Page<Dispute> page(DisputeQuery query, PageRequest page) {
        DisputeStore.Filter filter = new DisputeStore.Filter(
                query.owner(),
                query.paymentId(),
                query.status() == null ? null : Forms.word(query.status()),
                query.dueBefore());
        return stores.transactions()
                .returning(tx -> stores.disputes().page(tx, filter, page).map(forms::dispute));
    }

    @Override
    public Dispute record(String paymentId, DisputeFacts facts) {
        return stores.transactions().returning(tx -> record(tx, paymentId, facts));
    }

    @Override
    public Dispute record(Tx tx, String paymentId, DisputeFacts facts) {
        Optional<String> problem = forms.problem(facts);
        Checks.that(problem.isEmpty(), problem.orElse(""));
        PaymentRow payment = stores.locked(tx, paymentId);
        String provider = forms.document(payment).provider();
        Optional<DisputeRow> known = stores.disputes().byRef(tx, provider, facts.disputeRef());
        if (known.isEmpty()) {
            return open(tx, payment, facts)
                    .orElseThrow(() -> new ConflictException("Dispute " + facts.disputeRef()
                            + " is being recorded by another request; repeat this one."));
        }
        DisputeRow row = known.get();
        if (!row.paymentId().equals(paymentId)) {
            throw new ConflictException("Dispute " + facts.disputeRef() + " belongs to another payment.");
        }
        apply(tx, payment, row, facts);
        return forms.dispute(stores.disputes().find(tx, row.id()).orElseThrow());
    }

    /** Opens a dispute of a locked payment; empty where the provider's reference is known. */
    Optional<Dispute> open(Tx tx, PaymentRow payment, DisputeFacts facts) {
        Instant now = clock.instant();
        PaymentDocument paid = forms.document(payment);
        String captureId = paid.captures().stream()
                .filter(capture -> capture.ref().equals(facts.captureRef()))
                .map(Capture::id)
                .findFirst()
                .orElse(paid.captures().size() == 1 ? paid.captures().get(0).id() : null);
        DisputeDocument document = DisputeRules.first(facts, captureId);
        DisputeRow row = new DisputeRow(
                ids.next("dsp"),
                payment.owner(),
                payment.id(),
                paid.provider(),
                facts.disputeRef(),
                Forms.word(facts.status()),
                facts.respondBy(),
                next(document, paid.provider(), now),
                null,
                0,
                forms.text(document),
                1);
        return books.open(tx, payment, row, document, now) ? Optional.of(forms.dispute(row)) : Optional.empty();
    }

    private @Nullable Instant next(DisputeDocument document, String provider, Instant now) {
        boolean overdue = !DisputeRules.remindersDue(document, reminders, now).isEmpty();
        return overdue ? now : DisputeRules.nextAt(document, reminders, answers.fetches(provider), now);
    }

    private void apply(Tx tx, PaymentRow payment, DisputeRow row, DisputeFacts facts) {
        Instant now = clock.instant();
        DisputeDocument before = forms.document(row);
        if (row.leaseUntil() != null && row.leaseUntil().isAfter(now)) {
            throw new ConflictException("A node is fetching dispute " + row.id() + "; try again in two minutes.");
        }
        DisputeDocument after = DisputeRules.merged(before, facts);
        books.change(tx, payment, row, before, after, next(after, row.provider(), now), now);
    }

    @Override
    public Dispute saveEvidence(String disputeId, Evidence evidence, String actor) {
        return stores.transactions().returning(tx -> saveEvidence(tx, disputeId, evidence, actor));
    }

    @Override
    public Dispute saveEvidence(Tx tx, String disputeId, Evidence evidence, String actor) {
        DisputeRow row = answers.locked(tx, disputeId);
        Instant now = clock.instant();
        DisputeDocument document = forms.document(row);
        boolean over = !DisputeRules.isOpen(document)
                || document.submitted()
                || document.facts().respondBy() == null
                || now.isAfter(document.facts().respondBy());
        if (over || document.doubt() != null) {
            throw new ConflictException("Dispute " + disputeId + " takes no evidence, or not any more.");
        }
        sealed.replace(tx, Kind.EVIDENCE, row.owner(), row.id(), forms.bytes(evidence), now);
        books.write(tx, row, document.withDraft(true), row.nextAt(), row.leaseUntil());
        return forms.dispute(stores.disputes().find(tx, disputeId).orElseThrow());
    }

    @Override
    public Optional<Evidence> evidence(String disputeId) {
        List<SecretRow> parts = stores.transactions().returning(tx -> {
            if (stores.disputes().find(tx, disputeId).isEmpty()) {
                throw new NotFoundException("There is no dispute " + disputeId + ".");
            }
            return stores.secrets().of(tx, Kind.EVIDENCE, disputeId);
        });
        return parts.isEmpty() ? Optional.empty() : Optional.of(forms.evidence(sealed.open(parts)));
    }

    @Override
    public Dispute advance(String disputeId) {
        answers.fetchNow(disputeId);
        return find(disputeId).orElseThrow();
    }

    @Override
    public DisputeOutcome submit(String disputeId, String actor) {
        Evidence evidence = evidence(disputeId).orElse(null);
        if (evidence == null) {
            return new DisputeOutcome.Refused("There is no evidence to submit; save it first.");
        }
        return answers.answer(
                disputeId,
                DisputeAction.SUBMIT_EVIDENCE,
                null,
                (provider, command, context) -> provider.submitEvidence(command, evidence, context));
    }

    @Override
    public DisputeOutcome accept(String disputeId, String actor) {
        return answers.answer(
                disputeId,
                DisputeAction.ACCEPT,
                null,
                (provider, command, context) -> provider.accept(command, context));
    }

    @Override
    public DisputeOutcome offer(String disputeId, Money amount, String actor, @Nullable String note) {
        Checks.amount(amount, "What is offered");
        Checks.optionalText(note, 500, "An offer's note");
        return answers.answer(
                disputeId,
                DisputeAction.OFFER,
                note,
                (provider, command, context) -> provider.offer(command, amount, context));
    }
}
