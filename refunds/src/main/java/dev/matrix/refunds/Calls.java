package dev.matrix.refunds;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Calls providers, outside any transaction: whatever they throw, and null, is an outcome that nobody knows. */
final class Calls {

    private final HttpTransport transport;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration timeout;

    Calls(HttpTransport transport, InstantSource clock, RandomGenerator random, Duration timeout) {
        this.transport = transport;
        this.clock = clock;
        this.random = random;
        this.timeout = timeout;
    }

    Duration timeout() {
        return timeout;
    }

    Answer answer(Task task) {
        Instant until = task.leg().row().leaseUntil();
        boolean inTime = until != null && !clock.instant().plus(timeout).isAfter(until);
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
        return new Answer.LookedUp(lookup(task));
    }

    private ProviderContext context() {
        return new ProviderContext(new DeadlineTransport(transport, clock, timeout), clock, random);
    }

    private ProviderResult submit(Task task) {
        Leg leg = task.leg();
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
                task.request().options(),
                leg.document().attempts());
        try {
            ProviderResult result = task.provider().submit(command, context());
            return result == null ? new ProviderResult.Unknown("The provider answered nothing.") : result;
        } catch (Throwable failed) {
            return new ProviderResult.Unknown(thrown(failed));
        }
    }

    private LookupResult lookup(Task task) {
        try {
            LookupResult result = task.provider().lookup(probe(task), context());
            return result == null ? new LookupResult.Unavailable("The provider answered nothing.") : result;
        } catch (Throwable failed) {
            return new LookupResult.Unavailable(thrown(failed));
        }
    }

    private void cancel(Task task) {
        try {
            task.provider().cancel(probe(task), context());
        } catch (Throwable failed) {
            // What it came to is what the look-up shows.
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

    /** The class alone: a provider's exception may hold a secret in its message. */
    private static String thrown(Throwable failed) {
        return "The provider threw a " + failed.getClass().getSimpleName() + ".";
    }
}
