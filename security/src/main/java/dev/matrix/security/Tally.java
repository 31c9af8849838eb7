package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what happens often and is told once a minute: a refusal that strangers can cause at will must not fill the log. A
 * minute has at most 1,000 entries, 50 per owner, and one that counts the rest. What couldn't
 * be written is kept; a crash loses the last minute.
 */
final class Tally implements Step {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 1_000;
    private static final int MOST_PER_OWNER = 50;
    private static final String TIMES = "times";

    private record Key(Owner owner, String like) {}

    private static final class Counted {

        private final AuditEntry first;
        private long times;

        Counted(AuditEntry first) {
            this.first = first;
        }
    }

    private final Transactions transactions;
    private final AuditLog audit;
    private final Map<Key, Counted> counted = new LinkedHashMap<>();
    private final Map<Owner, Integer> perOwner = new HashMap<>();
    private long rest;

    Tally(Transactions transactions, AuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    /** Counts an entry among those that are like it; only the first is written. */
    void count(Owner owner, String like, AuditEntry entry) {
        count(owner, like, entry, 1);
    }

    private synchronized void count(Owner owner, String like, AuditEntry entry, long times) {
        Key key = new Key(owner, like);
        Counted known = counted.get(key);
        if (known == null) {
            if (counted.size() >= MOST || perOwner.getOrDefault(owner, 0) >= MOST_PER_OWNER) {
                rest += times;
                return;
            }
            known = new Counted(entry);
            counted.put(key, known);
            perOwner.merge(owner, 1, Integer::sum);
        }
        known.times += times;
    }

    @Override
    public String name() {
        return "security.tally";
    }

    @Override
    public Instant run(Instant now) {
        Minute minute = take();
        List<AuditEntry> due = minute.entries();
        try {
            if (!due.isEmpty()) {
                transactions.inTransaction(tx -> due.forEach(entry -> audit.append(tx, entry)));
            }
        } catch (RuntimeException | Error unwritten) {
            giveBack(minute);
            throw unwritten;
        }
        return now.plus(PAUSE);
    }

    @Override
    public void finish(Instant now) {
        run(now);
    }

    /** What was counted since it was last written. */
    private record Minute(Map<Key, Counted> counted, long rest) {

        List<AuditEntry> entries() {
            List<AuditEntry> entries = new ArrayList<>();
            counted.values().forEach(each -> entries.add(withTimes(each.first, each.times)));
            if (rest > 0) {
                AuditEntry more =
                        AuditEntry.change(Owner.platform(), Actor.software("tally"), "access.more", "node", "this");
                entries.add(withTimes(more, rest));
            }
            return entries;
        }
    }

    private synchronized Minute take() {
        Minute minute = new Minute(new LinkedHashMap<>(counted), rest);
        counted.clear();
        perOwner.clear();
        rest = 0;
        return minute;
    }

    /** What couldn't be written is counted on, within the same bounds. */
    private synchronized void giveBack(Minute minute) {
        rest += minute.rest();
        minute.counted().forEach((key, each) -> count(key.owner(), key.like(), each.first, each.times));
    }

    private static AuditEntry withTimes(AuditEntry entry, long times) {
        Map<String, String> data = new HashMap<>(entry.data());
        data.put(TIMES, Long.toString(times));
        return entry.data(data);
    }
}
