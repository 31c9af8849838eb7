package dev.matrix.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that requests run on. */
final class ServerThreads {

    private static final int IDLE_SECONDS = 30;

    /** In bytes: requests don't nest deeply, and a thread for each slow connection should cost little. */
    private static final long STACK = 512 << 10;

    private ServerThreads() {}

    /** Virtual ones came with Java 21; this runs on 17 too. */
    static ExecutorService create() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invoke();
        } catch (Throwable olderJvm) {
            return platformThreads();
        }
    }

    /** One for each connection that there may be: the server reads a head on it, for as long as that takes. */
    static ExecutorService platformThreads() {
        return new ThreadPoolExecutor(
                0,
                ServerProperties.mostConnections(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(null, work, "matrix-http", STACK);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
