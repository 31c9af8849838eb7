package dev.matrix.sla;

import static java.util.Objects.requireNonNullElse;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.ProbesInFlight.Answer;
import dev.matrix.sla.ProbesInFlight.Flight;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import dev.matrix.sla.spi.ProbeTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs probes that are due, each under a lease of its own, and stores what they answered. It starts checks and returns; answers wait
 * in memory for its next run, which they wake. No thread waits and no transaction is open meanwhile.
 */
final class ProbeStep implements Step {

    static final String NAME = "sla.probes";

    private static final int MOST_IN_FLIGHT = 256;
    private static final int MOST_PER_HOST = 8;
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** While there are no probes; another node's are found within this time. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** How much longer than its check a claim holds. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final SlaStores stores;
    private final Probes probes;
    private final ProbesInFlight flights;

    ProbeStep(SlaStores stores, Probes probes, ProbesInFlight flights) {
        this.stores = stores;
        this.probes = probes;
        this.flights = flights;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        List<Answer> answers = flights.answers(now);
        if (!answers.isEmpty()) {
            stores.transactions().inTransaction(tx -> answers.forEach(answer -> store(tx, answer)));
            flights.stored(answers);
        }
        int free = MOST_IN_FLIGHT - flights.size();
        if (free <= 0) {
            return now.plus(EVERY);
        }
        List<Flight> begun = stores.transactions().returning(tx -> claim(tx, now, free));
        begun.forEach(flights::begin);
        boolean none = begun.isEmpty()
                && flights.size() == 0
                && stores.transactions()
                        .<Boolean>returning(tx -> stores.components()
                                .page(tx, PageRequest.first(1))
                                .items()
                                .isEmpty());
        return now.plus(none ? IDLE : EVERY);
    }

    private void store(Tx tx, Answer answer) {
        ProbeRow row = answer.flight().row();
        ProbeTarget target = answer.flight().target();
        ProbeRun run = probes.run(row);
        Instant began = answer.flight().began();
        ProbeRun.Next next = run.after(target, answer.result().status(), began);
        probes.write(
                tx,
                row,
                target,
                run,
                next,
                next.run().next(target, began),
                answer.result().detail());
    }

    /** Claims what is due. Silence is noticed here; whatever has no slot left at its host is put off. */
    private List<Flight> claim(Tx tx, Instant now, int free) {
        List<Flight> begun = new ArrayList<>();
        Map<String, Integer> hosts = new HashMap<>(flights.hosts());
        for (ProbeRow row : stores.components().claimDue(tx, now, free, MARGIN)) {
            ProbeTarget target = probes.stored(row).target();
            ProbeRun run = probes.run(row);
            ProbeRun.Next silent = run.unheard(target, now);
            if (target.isHeartbeat()) {
                probes.write(tx, row, target, run, silent, silent.run().next(target, now), "no heartbeat");
                continue;
            }
            String host = host(target);
            boolean hasSlot = hosts.merge(host, 1, Integer::sum) <= MOST_PER_HOST;
            if (silent.changedAt() != null || !hasSlot) {
                probes.write(tx, row, target, run, silent, hasSlot ? now : now.plus(EVERY), "no result");
            }
            if (hasSlot) {
                ProbeRow held = held(
                        row, silent, now.plus(ProbesInFlight.longest(target)).plus(MARGIN));
                stores.components().save(tx, held);
                begun.add(new Flight(held, target, host, now));
            }
        }
        return begun;
    }

    private ProbeRow held(ProbeRow row, ProbeRun.Next run, Instant until) {
        return new ProbeRow(
                row.id(),
                row.component(),
                row.target(),
                row.sealedHeaders(),
                probes.text().of(run.run()),
                row.nextDue(),
                row.token(),
                until);
    }

    private static String host(ProbeTarget target) {
        URI uri = target.uri();
        return uri == null ? target.kind() : requireNonNullElse(uri.getHost(), target.kind());
    }
}
