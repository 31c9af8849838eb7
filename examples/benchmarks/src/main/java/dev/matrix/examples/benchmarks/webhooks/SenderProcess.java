package dev.matrix.examples.benchmarks.webhooks;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link Sender} in a JVM of its own. */
final class SenderProcess implements AutoCloseable {

    private static final int KILLED = 128 + 9;

    private final String name;
    private final Process process;
    private final Writer in;

    private SenderProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.US_ASCII);
    }

    static SenderProcess start(String url, String name, int leaseSeconds, int inFlight, int endpoints)
            throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        url,
                        name,
                        Integer.toString(leaseSeconds),
                        Integer.toString(inFlight),
                        Integer.toString(endpoints)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.US_ASCII).readLine();
        if (!Sender.UP.equals(line)) {
            throw new IllegalStateException("The node " + name + " did not come up; it said " + line + ".");
        }
        return new SenderProcess(name, process);
    }

    String name() {
        return name;
    }

    /** Has it publish so many events from a number on, while it goes on sending. */
    void publish(int first, int count) throws IOException {
        in.write(first + " " + count + "\n");
        in.flush();
    }

    /** Kills it as {@code kill -9} does, and sees that this is what ended it. */
    void kill() throws InterruptedException {
        int ended = process.destroyForcibly().waitFor();
        if (ended != KILLED) {
            throw new IllegalStateException("The node " + name + " ended with " + ended + ", not by being killed.");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.onExit().join();
    }
}
