package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers who append at once share commits, and none pays for another's fault. */
class SharedAppendsTest {

    private static final Owner OWNER = Owner.user("u_42");

    private final Wire wire = new Wire(Stores.inMemory());
    private final Node node = new Node(wire, ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring);
    private final AuditLog audit = node.security.auditLog();

    /** Stores whose commits can be counted, held up, and lose their answers. */
    private static final class Wire implements Stores {

        private final Stores real;
        private final AtomicInteger writing = new AtomicInteger();
        private final AtomicInteger others = new AtomicInteger();
        private int lost;
        private int refused;
        private @Nullable CountDownLatch gate;

        Wire(Stores real) {
            this.real = real;
        }

        @Override
        public <S> S get(Class<S> type) {
            return real.get(type);
        }

        @Override
        public <S> Stores with(Class<S> type, S store) {
            return real.with(type, store);
        }

        @Override
        public Transactions transactions() {
            return new Transactions() {
                @Override
                public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
                    if (!isAppend()) {
                        R result = real.transactions().returning(work);
                        others.incrementAndGet();
                        return result;
                    }
                    writing.incrementAndGet();
                    await();
                    if (refused > 0) {
                        refused--;
                        throw new StorageException("The database is away.");
                    }
                    R result = real.transactions().returning(work);
                    if (lost > 0) {
                        lost--;
                        throw new OutcomeUnknownException(
                                "The answer to COMMIT was lost.", new IllegalStateException());
                    }
                    return result;
                }
            };
        }

        private void await() {
            CountDownLatch closed = gate;
            if (closed != null) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static boolean isAppend() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().startsWith("commit")
                                    && frame.getClassName().equals(SharedAppends.class.getName())));
        }

        @Override
        public StoreClock clock(InstantSource clock) {
            return real.clock(clock);
        }

        @Override
        public boolean persistent() {
            return real.persistent();
        }
    }

    private static AuditEntry entry(int number, String text) {
        return AuditEntry.of(OWNER, Node.HOST, "test.done", Category.DATA, new Target("n", Integer.toString(number)))
                .data(Map.of("text", text));
    }

    private List<String> ids() {
        return audit.entries(OWNER, PageRequest.first(999)).items().stream()
                .map(AuditRecord::id)
                .toList();
    }

    @Test
    @Tag("G32")
    void sixtyFourCallersAtOnceShareCommitsAndAllAreDurable() {
        wire.gate = new CountDownLatch(1);
        int before = wire.others.get();
        List<OtherThread<String>> callers = IntStream.range(0, 64)
                .mapToObj(i -> OtherThread.running(() -> audit.append(entry(i, "x"))))
                .toList();
        while (wire.others.get() < before + 64) {
            Thread.onSpinWait();
        }
        wire.gate.countDown();
        List<String> told = callers.stream().map(OtherThread::join).toList();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(told);
        assertThat(wire.writing.get()).as("commits").isLessThan(64);
    }

    @Test
    @Tag("SE67")
    @Tag("G67")
    void ofCallersAtOnceTheOneWhoseEntryIsTooLongIsRefusedAlone() {
        Map<String, String> tooLong = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            tooLong.put("text" + i, "x".repeat(4_000));
        }
        wire.gate = new CountDownLatch(1);
        List<OtherThread<Boolean>> callers = IntStream.range(0, 64)
                .mapToObj(i -> OtherThread.running(
                        () -> isAppended(i == 20 ? entry(i, "x").data(tooLong) : entry(i, "x"))))
                .toList();
        wire.gate.countDown();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(63);
        assertThat(ids()).hasSize(63);
    }

    private boolean isAppended(AuditEntry entry) {
        try {
            audit.append(entry);
            return true;
        } catch (InvalidRequestException refused) {
            return false;
        }
    }

    @Test
    @Tag("SE60")
    @Tag("G59")
    void aCommitWhoseAnswerIsLostIsRepeatedAndWritesNothingTwice() {
        wire.lost = 1;
        String id = audit.append(entry(1, "x"));
        assertThat(ids()).containsExactly(id);
        wire.lost = 9;
        assertThatThrownBy(() -> audit.append(entry(2, "x"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(ids()).as("told as unknown, and there once").hasSize(2);
    }

    @Test
    @Tag("G32")
    void aStoreThatIsAwayIsAFailureOfThatCallAlone() {
        wire.refused = 2;
        assertThatThrownBy(() -> audit.append(entry(1, "x"))).isInstanceOf(StorageException.class);
        assertThat(audit.append(entry(2, "x"))).isEqualTo(ids().get(0));
    }

    @Test
    @Tag("G32")
    void manyCallersDoNotWaitForAStoreThatIsAwayOneAfterTheOther() {
        wire.refused = 1_000;
        wire.gate = new CountDownLatch(1);
        int before = wire.others.get();
        List<OtherThread<Boolean>> callers = IntStream.range(0, 64)
                .mapToObj(i -> OtherThread.running(() -> isStored(entry(i, "x"))))
                .toList();
        while (wire.others.get() < before + 64) {
            Thread.onSpinWait();
        }
        wire.gate.countDown();
        assertThat(callers.stream().filter(OtherThread::join)).isEmpty();
        assertThat(wire.writing.get()).as("commits that were tried").isLessThan(32);
    }

    private boolean isStored(AuditEntry entry) {
        try {
            audit.append(entry);
            return true;
        } catch (StorageException away) {
            return false;
        }
    }

    @Test
    @Tag("SE66")
    @Tag("G66")
    void whatIsBufferedWhileTheStoreIsAwayIsWrittenLaterTenThousandAtMost() {
        for (int i = 0; i < 20_000; i++) {
            audit.appendBuffered(entry(i, "x").level(SecurityLevel.LOW));
        }
        for (int i = 0; i < 30; i++) {
            node.runSteps();
        }
        int kept = 0;
        @Nullable String after = null;
        do {
            var page = audit.entries(OWNER, new PageRequest(1_000, after));
            kept += page.items().size();
            after = page.nextCursor();
        } while (after != null);
        assertThat(kept).isEqualTo(10_000);
    }
}
