package dev.matrix.refunds;

import dev.matrix.core.spi.Step;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundLegStore.ProviderShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step claims due legs for 32 lanes, each a step that makes one call at a time: a provider that hangs holds its share of
 * the lanes and no more. A lane keeps what was answered until it is settled, so a commit in doubt is repeated and not the call.
 */
final class Lanes implements Step {

    static final String NAME = "refunds.claim";
    static final int COUNT = 32;
    private static final int MOST_PER_PROVIDER = 8;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final RefundStores stores;
    private final Claims claims;
    private final Calls calls;
    private final Settlements settlements;
    private final List<String> providers;
    private final Consumer<String> wake;
    private final List<Lane> lanes = new ArrayList<>();

    Lanes(
            RefundStores stores,
            Claims claims,
            Calls calls,
            Settlements settlements,
            Collection<String> providers,
            Consumer<String> wake) {
        this.stores = stores;
        this.claims = claims;
        this.calls = calls;
        this.settlements = settlements;
        this.providers = List.copyOf(providers);
        this.wake = wake;
        for (int n = 0; n < COUNT; n++) {
            lanes.add(new Lane("refunds.call." + n));
        }
    }

    List<? extends Step> steps() {
        return lanes;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Claims for lanes that are free. Legs whose commit fails are handed to nobody: their leases end, and they are looked up. */
    @Override
    public Instant run(Instant now) {
        List<Lane> free = lanes.stream().filter(Lane::isFree).toList();
        List<ProviderShare> shares = shares();
        if (free.isEmpty() || shares.isEmpty()) {
            return now.plus(POLL);
        }
        List<Task> tasks = stores.transactions().returning(tx -> claims.due(tx, now, shares));
        for (int i = 0; i < tasks.size(); i++) {
            free.get(i).take(tasks.get(i));
        }
        return tasks.isEmpty() ? now.plus(POLL) : now;
    }

    private List<ProviderShare> shares() {
        int each = Math.max(1, Math.min(MOST_PER_PROVIDER, COUNT / Math.max(1, providers.size())));
        List<ProviderShare> shares = new ArrayList<>();
        for (String provider : providers) {
            int busy = (int)
                    lanes.stream().filter(lane -> lane.isBusyWith(provider)).count();
            if (busy < each) {
                shares.add(new ProviderShare(provider, each - busy));
            }
        }
        return shares;
    }

    @Override
    public void finish(Instant now) {
        lanes.forEach(Lane::handBack);
    }

    /** Makes the call of a task in this thread, and settles it. */
    void work(Task task) {
        settlements.settle(task, calls.answer(task));
    }

    /** One call at a time. */
    private final class Lane implements Step {

        private final String name;
        private final AtomicReference<@Nullable Task> task = new AtomicReference<>();
        private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
        private volatile boolean begun;

        private Lane(String name) {
            this.name = name;
        }

        boolean isFree() {
            return task.get() == null;
        }

        boolean isBusyWith(String provider) {
            Task current = task.get();
            return current != null && current.provider().name().equals(provider);
        }

        void take(Task next) {
            begun = false;
            answer.set(null);
            task.set(next);
            wake.accept(name);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Instant run(Instant now) {
            Task current = task.get();
            if (current != null) {
                Answer known = answer.get();
                if (known == null) {
                    begun = true;
                    known = calls.answer(current);
                    answer.set(known);
                }
                settlements.settle(current, known);
                task.set(null);
                wake.accept(NAME);
            }
            return Instant.MAX;
        }

        /** What was claimed and not begun was certainly not sent. */
        void handBack() {
            Task current = task.get();
            if (current != null && !begun) {
                settlements.settle(
                        current,
                        current.kind() == Task.Kind.SUBMIT
                                ? new Answer.Sent(new ProviderResult.NotExecuted(
                                        Attempted.NOT_SENT, "The node closed before the call.", null))
                                : new Answer.LookedUp(
                                        new LookupResult.Unavailable("The node closed before the call.")));
                task.set(null);
            }
        }
    }
}
