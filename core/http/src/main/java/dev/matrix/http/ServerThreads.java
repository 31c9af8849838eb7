package dev.matrix.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that requests run on. */
final class ServerThreads {

    private static final int PER_CORE = 8;

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
            return Executors.newFixedThreadPool(PER_CORE * Runtime.getRuntime().availableProcessors(), work -> {
                Thread thread = new Thread(work, "matrix-http");
                thread.setDaemon(true);
                return thread;
            });
        }
    }
}
