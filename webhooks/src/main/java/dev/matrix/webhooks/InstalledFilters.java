package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters of one owner, compiled together, which outlive the routing tables that use them. A table names all its filters
 * whenever it matches, and those that are missing are added first; what no kept table needs is removed by {@link
 * #keepOnly}. So tables of several versions, and of transactions that will roll back, share one set: a filter too many
 * changes no answer, and one too few is put back. Whatever the engine throws makes its filters match. Thread-safe.
 */
final class InstalledFilters {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledFilters.class);

    private final Owner owner;
    private final FilterEngine engine;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<String> installed = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private FilterSet compiled;

    /** Filters that are all installed; mostly the very set that is asked for, so that looking is cheap. */
    private Set<String> complete = Set.of();

    InstalledFilters(Owner owner, FilterEngine engine) {
        this.owner = owner;
        this.engine = engine;
        this.compiled = engine.newSet();
    }

    /**
     * The filters that a body matches, perhaps with others than those asked for.
     *
     * @param filters of the table that asks; the same set each time, if it can be
     * @param view of the body
     */
    Collection<String> matching(Set<String> filters, byte[] view) {
        Lock reading = lock.readLock();
        reading.lock();
        try {
            if (filters.equals(complete) || installed.containsAll(filters)) {
                return match(filters, view);
            }
        } finally {
            reading.unlock();
        }
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            filters.forEach(this::add);
            complete = filters;
            return match(filters, view);
        } finally {
            writing.unlock();
        }
    }

    /** Removes all others. */
    void keepOnly(Set<String> filters) {
        if (size() <= filters.size()) {
            return;
        }
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            Set<String> gone = new HashSet<>(installed);
            gone.removeAll(filters);
            complete = Set.of();
            gone.forEach(this::remove);
        } finally {
            writing.unlock();
        }
    }

    int size() {
        Lock reading = lock.readLock();
        reading.lock();
        try {
            return installed.size();
        } finally {
            reading.unlock();
        }
    }

    private Collection<String> match(Set<String> filters, byte[] view) {
        Collection<String> matched;
        try {
            matched = compiled.matching(view);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The filters of {} could not be applied to an event, so it goes to all their endpoints.", owner, e);
            return filters;
        }
        if (refused.isEmpty()) {
            return matched;
        }
        Set<String> all = new HashSet<>(matched);
        all.addAll(refused);
        return all;
    }

    private void add(String filter) {
        if (installed.add(filter)) {
            try {
                compiled.add(filter);
            } catch (RuntimeException e) {
                refused.add(filter);
                LOG.warn(
                        "A filter of {} could not be compiled, so its endpoints get all events of their types.",
                        owner,
                        e);
            }
        }
    }

    private void remove(String filter) {
        if (!installed.remove(filter) || refused.remove(filter)) {
            return;
        }
        try {
            compiled.remove(filter);
        } catch (RuntimeException e) {
            LOG.warn("A filter of {} could not be removed, so all of them are compiled anew.", owner, e);
            installed.clear();
            refused.clear();
            compiled = engine.newSet();
        }
    }
}
