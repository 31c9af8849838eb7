package dev.matrix.examples.benchmarks.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A host as a process of its own. It sends all the time, publishes what it is told by lines of {@code first count}, and
 * ends when its standard input does.
 */
public final class Sender {

    static final String UP = "up";

    private static final int CONNECTIONS = 8;

    private Sender() {}

    /**
     * Sends until it is killed.
     *
     * @param arguments JDBC URL, name of the node, seconds of a lease, requests in flight, endpoints
     */
    public static void main(String[] arguments) throws IOException {
        int endpoints = Integer.parseInt(arguments[4]);
        try (HikariDataSource pool = Postgres.pool(arguments[0], CONNECTIONS);
                Node node = new Node(
                        pool,
                        Integer.parseInt(arguments[3]),
                        arguments[1],
                        Duration.ofSeconds(Integer.parseInt(arguments[2])))) {
            node.start();
            System.out.println(UP);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] range = line.split(" ", 2);
                int first = Integer.parseInt(range[0]);
                int end = first + Integer.parseInt(range[1]);
                for (int from = first; from < end; from += Supply.CALL) {
                    node.publish(Receiver.NUMBERED, from, Math.min(Supply.CALL, end - from), endpoints);
                }
            }
        }
        System.exit(0);
    }
}
