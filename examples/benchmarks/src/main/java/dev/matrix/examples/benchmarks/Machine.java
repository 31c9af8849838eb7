package dev.matrix.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a figure depends on besides the code. */
public final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    /** Fields of {@code /proc/PID/stat} after the command's name (proc(5)), in ticks of 1/100 s. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;
    private static final long TICK_MILLIS = 10;

    private Machine() {}

    /** JVM, cores, and how busy others keep them: a load above the number of cores spoils every figure. */
    public static String facts() {
        return String.format(
                Locale.ROOT,
                "JDK %s, %d cores (%s), load average %.1f",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                model(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String model() {
        if (!Files.exists(CPUS)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processor time that a process has used; none once it is gone. */
    public static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** As {@link #cpu}, with the time of its children that have ended; without that where there is no {@code /proc}. */
    static Duration cpuWithEnded(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            String line = Files.exists(stat) ? Files.readString(stat) : "";
            String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields.length <= CHILDREN_SYSTEM
                    ? cpu(process)
                    : cpu(process)
                            .plus(Duration.ofMillis(
                                    (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]))
                                            * TICK_MILLIS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets time pass: a harness measures in real time. */
    public static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
