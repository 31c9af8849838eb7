package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.examples.benchmarks.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The {@link Receiver}, started in a JVM of its own. */
final class ReceiverProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    private ReceiverProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ReceiverProcess start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Receiver.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        return new ReceiverProcess(process, Integer.parseInt(out.readLine()));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Duration cpu() {
        return Machine.cpu(process.toHandle());
    }

    /** When each request of a latency trial arrived since this was last asked, in microseconds since 1970, by its number. */
    Map<Integer, Long> journal() {
        Map<Integer, Long> arrivals = new HashMap<>();
        try (var in = uri(Receiver.JOURNAL).toURL().openStream()) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                String[] parts = line.split(" ", 2);
                arrivals.putIfAbsent(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return arrivals;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
