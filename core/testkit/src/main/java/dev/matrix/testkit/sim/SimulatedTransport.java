package dev.matrix.testkit.sim;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One node's way into the simulated network. What is on the wire arrives though its sender may be down by then; what
 * comes back for a node that is down is dropped.
 */
final class SimulatedTransport implements HttpTransport {

    private static final Duration USUAL = Duration.ofMillis(50);

    /** A late request arrives within so many timeouts after its own. */
    private static final int LATEST = 4;

    private final Simulation simulation;
    private final NodeRun run;

    SimulatedTransport(Simulation simulation, NodeRun run) {
        this.simulation = simulation;
        this.run = run;
    }

    /** A call in the air. */
    private record Flight(HttpCall call, Instant deadline, CompletableFuture<HttpReply> result) {

        String name() {
            return call.toString();
        }
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        run.requireUp();
        if (run.inTransaction()) {
            throw new AssertionError("Node " + run.node().name() + " sends " + call
                    + " inside a transaction; no transaction is held across a network call.");
        }
        if (run.crashes()) {
            throw run.crash("before a call");
        }
        Faults faults = simulation.faults();
        Flight flight = new Flight(call, simulation.now().plus(call.timeout()), new CompletableFuture<>());
        if (simulation.happens(faults.lostRequest())) {
            lose(flight);
        } else {
            Instant arrival = simulation.now().plus(latency(call, faults));
            simulation.at(arrival, null, flight.name() + " arrives", () -> arrive(flight));
            if (simulation.happens(faults.duplicate())) {
                Instant again = arrival.plus(latency(call, faults));
                simulation.at(again, null, flight.name() + " arrives again", () -> simulation.receive(call));
            }
        }
        if (run.crashes()) {
            throw run.crash("after a call");
        }
        return flight.result();
    }

    /** Lets the others, and other work of this node, go on until the call has ended, as a waiting thread does. */
    @Override
    public HttpReply call(HttpCall call) {
        CompletableFuture<HttpReply> result = send(call).toCompletableFuture();
        boolean wasBusy = run.node().isBusy();
        run.node().busy(false);
        while (!result.isDone() && run.isUp()) {
            simulation.turnsUntil(simulation.now().plusMillis(1));
        }
        run.requireUp();
        run.node().busy(wasBusy);
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof TransportException known) {
                throw known;
            }
            throw failed;
        }
    }

    private Duration latency(HttpCall call, Faults faults) {
        return simulation.upTo(simulation.happens(faults.delay()) ? call.timeout() : USUAL);
    }

    private void lose(Flight flight) {
        switch (simulation.chance().nextInt(3)) {
            case 0 -> fail(flight, simulation.now().plus(simulation.upTo(USUAL)), Kind.CONNECT, false);
            case 1 -> fail(flight, simulation.now().plus(simulation.upTo(USUAL)), Kind.RESET, true);
            default -> {
                fail(flight, flight.deadline(), Kind.TIMEOUT, true);
                maybeArriveLate(flight);
            }
        }
    }

    /** What timed out may be on its way yet: it arrives when its sender has given it up, and maybe sent it again. */
    private void maybeArriveLate(Flight flight) {
        if (simulation.happens(simulation.faults().late())) {
            Instant arrival = flight.deadline()
                    .plusMillis(1)
                    .plus(simulation.upTo(flight.call().timeout().multipliedBy(LATEST)));
            simulation.at(arrival, null, flight.name() + " arrives late", () -> simulation.receive(flight.call()));
        }
    }

    private void arrive(Flight flight) {
        HttpReply reply;
        try {
            reply = simulation.receive(flight.call());
        } catch (TransportException refused) {
            end(flight, simulation.now(), null, refused);
            return;
        }
        Faults faults = simulation.faults();
        Instant back = simulation.now().plus(latency(flight.call(), faults));
        if (back.isAfter(flight.deadline())) {
            fail(flight, flight.deadline(), Kind.TIMEOUT, true);
        } else if (simulation.happens(faults.lostReply())) {
            boolean silent = simulation.chance().nextBoolean();
            fail(flight, silent ? flight.deadline() : back, silent ? Kind.TIMEOUT : Kind.RESET, true);
        } else {
            end(flight, back, reply, null);
        }
    }

    private void fail(Flight flight, Instant when, Kind kind, boolean sent) {
        String host = flight.call().uri().getHost();
        end(flight, when, null, new TransportException(kind, sent, kind + " on the way to " + host, null));
    }

    private void end(Flight flight, Instant when, @Nullable HttpReply reply, @Nullable TransportException failure) {
        String what = flight.name() + " ends at " + run.node().name() + " with "
                + (reply == null ? String.valueOf(failure) : Integer.toString(reply.status()));
        simulation.at(when, run, what, () -> {
            if (failure == null) {
                flight.result().complete(reply);
            } else {
                flight.result().completeExceptionally(failure);
            }
        });
    }

    @Override
    public void close() {}
}
