package dev.matrix.okhttp;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread for each call. */
final class CallThreads {

    private CallThreads() {}

    /** Virtual threads where the JVM has them (21 on), else pooled daemon threads. */
    static ExecutorService open() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException before21) {
            return pooled();
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("This JVM has virtual threads, but starts none.", broken);
        }
    }

    static ExecutorService pooled() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "matrix-okhttp");
            thread.setDaemon(true);
            return thread;
        });
    }
}
