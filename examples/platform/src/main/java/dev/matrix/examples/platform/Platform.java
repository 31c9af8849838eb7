package dev.matrix.examples.platform;

import dev.matrix.core.InvalidRequestException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar matrix-platform.jar}: starts the host by the environment's settings and runs it until SIGTERM. */
final class Platform {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final int FAILED = 1;
    private static final int BAD_SETTINGS = 2;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(15);

    private Platform() {}

    public static void main(String[] args) {
        int failed = run(System.getenv(), System.out, System.err);
        if (failed != 0) {
            System.exit(failed);
        }
    }

    /** Returns 0 once it serves, on threads that keep the process alive; else the exit code. */
    static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Host host = Host.start(Settings.of(environment));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(host), "platform-end"));
            greet(host, out);
            return 0;
        } catch (InvalidRequestException | IllegalStateException e) {
            err.println(e.getMessage());
            return BAD_SETTINGS;
        } catch (IOException | RuntimeException e) {
            err.println("Not started: " + e.getMessage());
            LOG.debug("Not started.", e);
            return FAILED;
        }
    }

    private static void greet(Host host, PrintStream out) {
        if (host.newBootstrapKey() != null) {
            out.println("Key         " + host.newBootstrapKey() + "  (every scope; shown this once)");
        }
        out.println("API         " + host.uri() + "/v1/openapi.json");
        out.println("Playground  " + host.uri() + "/playground");
        out.println("Health      " + host.uri() + "/readyz");
        out.println("Metrics     " + host.uri() + "/metrics");
        out.flush();
    }

    /** What doesn't end in time is cut off: an orchestrator would kill the process a little later anyway. */
    private static void end(Host host) {
        Thread closing = new Thread(host::close, "platform-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSED_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
