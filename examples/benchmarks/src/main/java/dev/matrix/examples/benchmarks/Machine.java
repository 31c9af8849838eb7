package dev.matrix.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a figure depends on besides the code. */
public final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private static final File PROC = new File("/proc");

    /** Fields of {@code /proc/PID/stat} after the command's name (proc(5)); times in ticks of 1/100 s. */
    private static final int PARENT = 1;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
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

    /** That of a process and its children, with those that have ended (proc(5)); none where there is no {@code /proc}. */
    static Duration cpuOfFamily(long parent) {
        File[] all = PROC.listFiles((folder, name) -> Character.isDigit(name.charAt(0)));
        long ticks = 0;
        for (File process : all == null ? new File[0] : all) {
            String[] fields = stat(process.toPath());
            if (process.getName().equals(Long.toString(parent))) {
                ticks += sum(fields, USER, CHILDREN_SYSTEM);
            } else if (fields.length > PARENT && fields[PARENT].equals(Long.toString(parent))) {
                ticks += sum(fields, USER, SYSTEM);
            }
        }
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    private static long sum(String[] fields, int from, int to) {
        return Arrays.stream(fields, from, to + 1).mapToLong(Long::parseLong).sum();
    }

    private static String[] stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException endedMeanwhile) {
            return new String[0];
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
