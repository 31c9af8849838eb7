package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeStore.DisputeRow;
import dev.matrix.refunds.spi.NotificationStore.NotificationRow;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundProvider;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Disputes that a provider's notification names: a known one is fetched, a new one is opened by what is fetched of it. */
record OutsideDisputes(
        RefundStores stores,
        Forms forms,
        StoredDisputes disputes,
        Calls calls,
        Map<String, RefundProvider> providers,
        InstantSource clock) {

    /** Whether that is done; else it is looked up again later. */
    boolean lookUp(NotificationRow named) {
        String ref = Objects.requireNonNull(named.providerRef());
        Optional<DisputeRow> known =
                stores.transactions().returning(tx -> stores.disputes().byRef(tx, named.provider(), ref));
        if (known.isPresent()) {
            return isFetched(known.get());
        }
        RefundProvider provider = Objects.requireNonNull(providers.get(named.provider()));
        DisputeLookup found = provider.disputes()
                .map(source -> calls.fetch(source, ref))
                .orElseGet(() -> new DisputeLookup.Unavailable("This provider's disputes can't be fetched."));
        return found instanceof DisputeLookup.Found news
                && forms.problem(news.facts()).isEmpty()
                && news.facts().disputeRef().equals(ref)
                && stores.transactions().<Boolean>returning(tx -> open(tx, named, news.facts()));
    }

    private boolean isFetched(DisputeRow known) {
        try {
            disputes.advance(known.id());
            return true;
        } catch (ConflictException leased) {
            // Another node's fetch may have begun before this notification; a later one can't.
            return false;
        }
    }

    private boolean open(Tx tx, NotificationRow named, DisputeFacts facts) {
        String capture = facts.captureRef() == null ? named.captureRef() : facts.captureRef();
        Optional<String> paymentId =
                capture == null ? Optional.empty() : stores.payments().paymentOf(tx, named.provider(), capture);
        if (paymentId.isEmpty()) {
            return false;
        }
        PaymentRow payment = stores.locked(tx, paymentId.get());
        // Where another transaction has opened it meanwhile, it is fetched in the next round.
        return disputes.open(tx, payment, facts.withCapture(capture)).isPresent();
    }
}
