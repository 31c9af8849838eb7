package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine. */
public final class Programs {

    /** What came of a run. */
    public record Run(int exit, String out, String err) {}

    private Programs() {}

    public static boolean isThere(String... command) {
        try {
            return run(Path.of("."), Map.of(), "", command).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs it without this process's proxies, unless {@code environment} has some. */
    public static Run run(Path folder, Map<String, String> environment, String input, String... command)
            throws IOException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        Path in = Files.createTempFile("in", ".txt");
        Files.writeString(in, input);
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // What they talk to is on this machine.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command[0] + " doesn't end");
            }
            return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(err);
            Files.delete(in);
        }
    }

    /** Copies a test resource of this package into a folder. */
    static Path copy(String resource, Path folder) throws IOException {
        return copy(Programs.class, resource, folder);
    }

    /** Copies a resource of the type's package into a folder. */
    public static Path copy(Class<?> type, String resource, Path folder) throws IOException {
        Path target = folder.resolve(requireNonNull(Path.of(resource).getFileName()));
        try (InputStream in = type.getResourceAsStream(resource)) {
            Files.write(target, requireNonNull(in, resource).readAllBytes());
        }
        return target;
    }
}
