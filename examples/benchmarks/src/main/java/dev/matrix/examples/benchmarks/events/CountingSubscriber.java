package dev.matrix.examples.benchmarks.events;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.spi.Tx;
import dev.matrix.examples.benchmarks.Facts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Does nothing with what it is handed but count it, once that has committed. */
final class CountingSubscriber implements EventSubscriber.Transactional {

    static final String NAME = "counting";

    private final CountDownLatch open;

    CountingSubscriber(int events) {
        this.open = new CountDownLatch(events);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<EventPattern> interests() {
        return Set.of(new EventPattern(Facts.TYPE));
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        tx.afterCommit(() -> events.forEach(event -> open.countDown()));
    }

    void awaitAll() throws InterruptedException {
        open.await();
    }
}
