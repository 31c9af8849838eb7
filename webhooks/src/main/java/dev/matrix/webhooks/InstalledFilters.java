package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters of one owner, which outlive the routing tables that use them. They are compiled in the background; until then, and
 * for tables that never commit, those that aren't compiled are matched as they are written. So publishers compile nothing and
 * wait for nobody who does, and an event is filtered the same either way. Whatever the engine throws makes its filters match.
 * Thread-safe, without a lock.
 */
final class InstalledFilters {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledFilters.class);

    /** Some filters, ready to be matched. */
    private record Prepared(Set<String> filters, FilterSet set) {}

    private static final Prepared NONE = new Prepared(Set.of(), body -> List.of());

    private final Owner owner;
    private final FilterEngine engine;
    private volatile Prepared compiled = NONE;

    /** What was last asked for and not compiled. */
    private volatile Prepared written = NONE;

    InstalledFilters(Owner owner, FilterEngine engine) {
        this.owner = owner;
        this.engine = engine;
    }

    /**
     * The filters that a body matches, perhaps with others than those asked for.
     *
     * @param filters of the table that asks
     * @param view of the body
     */
    Collection<String> matching(Set<String> filters, byte[] view) {
        Prepared ready = compiled;
        if (ready.filters().equals(filters)) {
            return match(ready, view);
        }
        Set<String> missing = new HashSet<>(filters);
        missing.removeAll(ready.filters());
        Set<String> all = new HashSet<>(match(ready, view));
        if (!missing.isEmpty()) {
            all.addAll(match(read(missing), view));
        }
        return all;
    }

    /** Whether exactly these are compiled. */
    boolean isCompiled(Set<String> filters) {
        return compiled.filters().equals(filters);
    }

    /** Compiles these, in place of all others. It may take long; who matches meanwhile doesn't wait. */
    void compile(Set<String> filters) {
        try {
            compiled = new Prepared(filters, engine.compile(filters));
        } catch (RuntimeException e) {
            LOG.warn("The filters of {} can't be compiled together, so each is applied by itself.", owner, e);
            compiled = new Prepared(filters, eachRead(filters));
        }
        written = NONE;
    }

    private Prepared read(Set<String> filters) {
        Prepared last = written;
        if (!last.filters().equals(filters)) {
            last = new Prepared(filters, eachRead(filters));
            written = last;
        }
        return last;
    }

    private FilterSet eachRead(Set<String> filters) {
        Set<String> readable = new HashSet<>(filters);
        Set<String> unreadable = new HashSet<>();
        for (String filter : filters) {
            try {
                engine.read(Set.of(filter));
            } catch (RuntimeException e) {
                unreadable.add(filter);
                LOG.warn("A filter of {} can't be read, so its endpoints get all events of their types.", owner, e);
            }
        }
        readable.removeAll(unreadable);
        FilterSet set = readable.isEmpty() ? NONE.set() : engine.read(readable);
        return body -> {
            Set<String> all = new HashSet<>(unreadable);
            all.addAll(match(new Prepared(readable, set), body));
            return List.copyOf(all);
        };
    }

    private Collection<String> match(Prepared prepared, byte[] view) {
        try {
            return prepared.set().matching(view);
        } catch (RuntimeException e) {
            LOG.warn("Filters of {} could not be applied to an event, so it goes to all their endpoints.", owner, e);
            return prepared.filters();
        }
    }
}
