package dev.matrix.http;

import java.util.Map;

/**
 * What the JDK's server reads once, when its first instance is made. Documented at the module {@code jdk.httpserver}; the
 * times are read as seconds.
 */
final class ServerProperties {

    private static final Map<String, String> OURS = Map.of(
            // Without it the kernel holds back a kept-alive reply for 40 ms, waiting for an acknowledgement.
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqTime", "20",
            "sun.net.httpserver.idleInterval", "30");

    private ServerProperties() {}

    static void setUnlessSet() {
        OURS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
