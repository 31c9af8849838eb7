package dev.matrix.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Threads of JVMs before 21, on whatever JVM the test runs. */
class ServerThreadsTest {

    @Test
    void platformThreadsAreNamedAndKeepNoJvmAlive() throws Exception {
        ExecutorService threads = ServerThreads.platformThreads();
        try {
            Thread thread = threads.submit(Thread::currentThread).get();

            assertThat(thread.getName()).isEqualTo("matrix-http");
            assertThat(thread.isDaemon()).isTrue();
        } finally {
            threads.shutdown();
        }
    }
}
