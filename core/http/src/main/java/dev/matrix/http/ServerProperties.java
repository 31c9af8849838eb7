package dev.matrix.http;

import java.util.Map;

/**
 * What the JDK's server reads once, when its first instance is made. Documented at the module {@code jdk.httpserver}; the
 * times are read as seconds.
 */
final class ServerProperties {

    private static final String CONNECTIONS = "jdk.httpserver.maxConnections";
    private static final int MOST_CONNECTIONS = 2_000;

    private static final Map<String, String> OURS = Map.of(
            // Without it the kernel holds back a kept-alive reply for 40 ms, waiting for an acknowledgement.
            "sun.net.httpserver.nodelay",
            "true",
            "sun.net.httpserver.maxReqTime",
            "20",
            "sun.net.httpserver.maxRspTime",
            "60",
            "sun.net.httpserver.idleInterval",
            "30",
            // The adapter reads away what is left of a request, and for a shorter time.
            "sun.net.httpserver.drainAmount",
            "0",
            CONNECTIONS,
            Integer.toString(MOST_CONNECTIONS));

    private ServerProperties() {}

    static void setUnlessSet() {
        OURS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    /** How many connections there are at most, and so requests at one time. */
    static int mostConnections() {
        int set = Integer.getInteger(CONNECTIONS, MOST_CONNECTIONS);
        return set > 0 ? set : Integer.MAX_VALUE;
    }
}
