package dev.matrix.tax.id;

import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verifiers by prefix, each prefix behind its gate. Thread-safe. */
final class Verifiers {

    private static final Logger LOG = LoggerFactory.getLogger(Verifiers.class);

    private record Line(Function<TaxId, TaxIdAnswer> register, Gate gate) {}

    private final Map<String, Line> lines = new TreeMap<>();
    private final InstantSource clock;

    /** @param registers what asks, by prefix */
    Verifiers(Map<String, Function<TaxId, TaxIdAnswer>> registers, InstantSource clock) {
        registers.forEach((prefix, register) -> lines.put(prefix, new Line(register, new Gate())));
        this.clock = clock;
    }

    boolean serve(String prefix) {
        return lines.containsKey(prefix);
    }

    /** The prefixes that aren't paused. */
    Set<String> open(Instant now) {
        Set<String> open = new TreeSet<>();
        lines.forEach((prefix, line) -> {
            if (!line.gate().opensAt().isAfter(now)) {
                open.add(prefix);
            }
        });
        return open;
    }

    /** When the next pause ends; empty where there is none. */
    Optional<Instant> nextOpening(Instant now) {
        return lines.values().stream()
                .map(line -> line.gate().opensAt())
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** Asks about an id of a prefix that is served, blocking; empty where its gate is closed now. */
    Optional<TaxIdAnswer> ask(TaxId id) {
        Line line = lines.get(id.prefix());
        if (line == null || !line.gate().enter(clock.instant())) {
            return Optional.empty();
        }
        TaxIdAnswer answer = new TaxIdAnswer.Unavailable("no answer");
        try {
            answer = call(line.register(), id);
        } finally {
            Instant now = clock.instant();
            boolean answered = !(answer instanceof TaxIdAnswer.Unavailable);
            if (line.gate().leave(answered, now)) {
                LOG.warn(
                        "Tax ids of prefix {} are not verified before {}: {}.",
                        id.prefix(),
                        line.gate().opensAt(),
                        answer);
            }
        }
        return Optional.of(answer);
    }

    /** A verifier that throws leaves its own prefix without answers, not the others; its message may hold the id. */
    private static TaxIdAnswer call(Function<TaxId, TaxIdAnswer> register, TaxId id) {
        try {
            return register.apply(id);
        } catch (RuntimeException e) {
            String what = e.getClass().getSimpleName();
            LOG.warn("The verifier of {} threw {}; its answer counts as unavailable.", id, what);
            return new TaxIdAnswer.Unavailable(what);
        }
    }
}
