package dev.matrix.refunds;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls providers, outside any transaction: whatever they throw, and null, is an outcome that nobody knows. */
final class Calls {

    /** Makes the context of one call, whose transport ends with the timeout. */
    interface Contexts {

        ProviderContext within(HttpTransport transport);
    }

    private final HttpTransport transport;
    private final Contexts contexts;
    private final InstantSource clock;
    private final SealedValues sealed;
    private final Forms forms;
    private final Duration timeout;

    Calls(
            HttpTransport transport,
            Contexts contexts,
            InstantSource clock,
            SealedValues sealed,
            Forms forms,
            Duration timeout) {
        this.transport = transport;
        this.contexts = contexts;
        this.clock = clock;
        this.sealed = sealed;
        this.forms = forms;
        this.timeout = timeout;
    }

    /** Whether a call that begins now ends before the lease does. */
    boolean isInTime(@Nullable Instant leaseUntil) {
        return leaseUntil != null && !clock.instant().plus(timeout).isAfter(leaseUntil);
    }

    Answer answer(Task task) {
        boolean inTime = isInTime(task.leg().row().leaseUntil());
        if (task.kind() == Task.Kind.SUBMIT) {
            return new Answer.Sent(
                    inTime
                            ? submit(task)
                            : new ProviderResult.NotExecuted(
                                    Attempted.NOT_SENT, "The lease had too little time left for the call.", null));
        }
        if (!inTime) {
            return new Answer.LookedUp(
                    new LookupResult.Unavailable("The lease had too little time left for the call."));
        }
        if (task.kind() == Task.Kind.CANCEL) {
            cancel(task);
        }
        return new Answer.LookedUp(lookup(task.provider(), probe(task)));
    }

    ProviderContext context() {
        return contexts.within(new DeadlineTransport(transport, clock, timeout));
    }

    private ProviderResult submit(Task task) {
        Leg leg = task.leg();
        RefundDestination destination;
        try {
            destination = task.destination().isEmpty() ? null : forms.destination(sealed.open(task.destination()));
        } catch (RuntimeException unavailable) {
            return new ProviderResult.NotExecuted(
                    Attempted.CONFIGURATION, "The destination can't be opened; check the keys of this node.", null);
        }
        try {
            RefundCommand command = new RefundCommand(
                    leg.id(),
                    leg.document().key(),
                    task.refundId(),
                    leg.row().paymentId(),
                    leg.row().owner(),
                    task.capture().ref(),
                    task.capture().data(),
                    leg.amount(),
                    task.request().reason(),
                    destination,
                    task.request().options(),
                    leg.document().attempts());
            ProviderResult result = task.provider().submit(command, context());
            return result == null ? new ProviderResult.Unknown("The provider answered nothing.") : result;
        } catch (Throwable failed) {
            return new ProviderResult.Unknown(thrown(failed));
        }
    }

    LookupResult lookup(RefundProvider provider, RefundProbe probe) {
        try {
            LookupResult result = provider.lookup(probe, context());
            return result == null ? new LookupResult.Unavailable("The provider answered nothing.") : result;
        } catch (Throwable failed) {
            return new LookupResult.Unavailable(thrown(failed));
        }
    }

    private void cancel(Task task) {
        try {
            task.provider().cancel(probe(task), context());
        } catch (Throwable failed) {
            // Whether it was cancelled is what the look-up shows.
            return;
        }
    }

    private static RefundProbe probe(Task task) {
        Leg leg = task.leg();
        return new RefundProbe(
                leg.id(),
                leg.document().keys(),
                leg.row().providerRef(),
                task.capture().ref(),
                task.capture().data(),
                leg.amount(),
                leg.document().firstAttemptAt());
    }

    /** @param gated with a deadline, and a limit to how many calls are made at once */
    NotificationResult interpret(RefundProvider provider, InboundNotification notification, HttpTransport gated) {
        try {
            NotificationResult result = provider.interpret(notification, contexts.within(gated));
            return result == null ? new NotificationResult.Unverifiable("The provider answered nothing.") : result;
        } catch (Throwable failed) {
            return new NotificationResult.Unverifiable(thrown(failed));
        }
    }

    DisputeLookup fetch(DisputeProvider disputes, String disputeRef) {
        try {
            DisputeLookup found = disputes.fetch(disputeRef, context());
            return found == null ? new DisputeLookup.Unavailable("The provider answered nothing.") : found;
        } catch (Throwable failed) {
            return new DisputeLookup.Unavailable(thrown(failed));
        }
    }

    DisputeResult act(Function<ProviderContext, @Nullable DisputeResult> action) {
        try {
            DisputeResult result = action.apply(context());
            return result == null ? new DisputeResult.Unknown("The provider answered nothing.") : result;
        } catch (Throwable failed) {
            return new DisputeResult.Unknown(thrown(failed));
        }
    }

    /** The class alone: a provider's exception may hold a secret in its message. */
    private static String thrown(Throwable failed) {
        return "The provider threw a " + failed.getClass().getSimpleName() + ".";
    }
}
