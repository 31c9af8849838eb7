package dev.matrix.examples.platform;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.net.IpRange;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment asks for.
 *
 * @param port 0: any that is free
 * @param host the address to listen at
 * @param data the folder of the database and the key files
 * @param database a JDBC URL; null: an H2 file in {@code data}
 * @param bootstrapKey the key with every scope; null: one is made at the first start
 * @param allowPrivateTargets whether webhooks may go to loopback and private addresses, and by http
 * @param trustedProxies whose X-Forwarded-For is believed: ranges of addresses; none: nobody's
 * @param sampleData whether a made-up history is published, once
 * @param kekFromEnvironment whether {@code MATRIX_KEK} holds the key-encryption key; else a file in {@code data} does
 */
record Settings(
        int port,
        String host,
        Path data,
        @Nullable String database,
        @Nullable String bootstrapKey,
        boolean allowPrivateTargets,
        List<String> trustedProxies,
        boolean sampleData,
        boolean kekFromEnvironment) {

    private static final int LARGEST_PORT = 65_535;
    private static final Pattern BOOTSTRAP_KEY = Pattern.compile("[\\x21-\\x7e]{16,}");

    /** @throws InvalidRequestException that names the variable and what it takes, never a secret's value */
    static Settings of(Map<String, String> environment) {
        return new Settings(
                port(environment.getOrDefault("MATRIX_PORT", "8080")),
                environment.getOrDefault("MATRIX_HOST", "127.0.0.1"),
                path(environment.getOrDefault("MATRIX_DATA", "matrix-data")),
                database(environment.get("MATRIX_DATABASE")),
                bootstrapKey(environment.get("MATRIX_BOOTSTRAP_KEY")),
                flag("MATRIX_ALLOW_PRIVATE_TARGETS", environment),
                proxies(environment.getOrDefault("MATRIX_TRUSTED_PROXIES", "")),
                flag("MATRIX_SAMPLE_DATA", environment),
                environment.containsKey("MATRIX_KEK"));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw badPort(text);
        }
        throw badPort(text);
    }

    private static InvalidRequestException badPort(String text) {
        return new InvalidRequestException(
                "MATRIX_PORT is a port, 0 to " + LARGEST_PORT + " (0: any); '" + text + "' is none.");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("MATRIX_DATA is a folder; '" + text + "' can't be one.");
        }
    }

    private static @Nullable String database(@Nullable String url) {
        if (url != null && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            throw new InvalidRequestException(
                    "MATRIX_DATABASE is a JDBC URL of PostgreSQL or H2, such as jdbc:postgresql://localhost/matrix?user=…");
        }
        return url;
    }

    private static @Nullable String bootstrapKey(@Nullable String key) {
        if (key != null && !BOOTSTRAP_KEY.matcher(key).matches()) {
            throw new InvalidRequestException("MATRIX_BOOTSTRAP_KEY has at least 16 visible ASCII characters.");
        }
        return key;
    }

    private static List<String> proxies(String text) {
        List<String> ranges = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        try {
            ranges.forEach(IpRange::parseAll);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    "MATRIX_TRUSTED_PROXIES is a list of ranges, with commas: " + e.getMessage());
        }
        return ranges;
    }

    /** Whether others than this machine reach the port. */
    boolean isPublic() {
        return !(host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]"));
    }

    private static boolean flag(String name, Map<String, String> environment) {
        return switch (environment.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequestException(name + " is true or false.");
        };
    }

    /** Without what is secret: the bootstrap key, and a password within the URL. */
    @Override
    public String toString() {
        return "Settings[" + host + ":" + port + ", " + data + "]";
    }
}
