package dev.matrix.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class CallThreadsTest {

    @Test
    void calls_never_keep_the_jvm_alive() throws Exception {
        for (ExecutorService threads : new ExecutorService[] {CallThreads.open(), CallThreads.pooled()}) {
            assertThat(threads.submit(() -> Thread.currentThread().isDaemon()).get())
                    .isTrue();
            threads.shutdown();
        }
    }
}
