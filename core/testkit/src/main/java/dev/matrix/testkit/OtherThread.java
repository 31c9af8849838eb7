package dev.matrix.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A second thread that takes part in a test. Waits have a bound, so that a deadlock fails instead of hanging. */
public final class OtherThread<R> {

    private static final long BOUND_SECONDS = 30;

    private final FutureTask<R> task;

    private OtherThread(Callable<R> work) {
        this.task = new FutureTask<>(work);
        Thread thread = new Thread(task, "other");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins the work on a thread of its own. */
    public static <R> OtherThread<R> running(Callable<R> work) {
        return new OtherThread<>(work);
    }

    /** What the thread returned; its failure becomes this thread's. */
    public R join() {
        try {
            return task.get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("The other thread failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The other thread waits where it must not, or for ever.", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the other side. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The other side waits where it must not, or for ever.");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
