package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The platform in a process of its own, started as its users start it, on any free port. */
final class PlatformProcess implements AutoCloseable {

    private static final Pattern API = Pattern.compile("API +(http://[^/]+)/v1/openapi.json");
    private static final Pattern KEY = Pattern.compile("Key +(\\S+) .*");

    /** A JVM that finds one of these says so on stderr. */
    private static final Set<String> TALKATIVE = Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

    private static final int GRACE_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final List<String> greeting = new ArrayList<>();

    private PlatformProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Begins a process; it may serve or end. */
    static PlatformProcess start(Path folder, Map<String, String> environment) throws IOException {
        Path log = folder.resolve("stderr.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(agents());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Platform.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MATRIX_") || TALKATIVE.contains(name));
        builder.environment().put("MATRIX_PORT", "0");
        builder.environment().putAll(environment);
        return new PlatformProcess(builder.start(), log);
    }

    /** This process's agents: what the other one runs is covered by tests too. */
    private static List<String> agents() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .toList();
    }

    /** Waits until it has printed where it serves. */
    PlatformProcess serving() throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            greeting.add(line);
            if (line.startsWith("Metrics")) {
                return this;
            }
        }
        throw new AssertionError("It ended before it served: " + errors());
    }

    URI uri() {
        return URI.create(found(API));
    }

    /** The key that it printed. */
    String key() {
        return found(KEY);
    }

    List<String> greeting() {
        return greeting;
    }

    private String found(Pattern pattern) {
        return greeting.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " isn't in " + greeting));
    }

    String errors() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It still runs: " + errors());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
