package dev.matrix.core.api;

import dev.matrix.core.api.ApiHeaders.Line;
import java.util.List;
import java.util.Set;

/** Answers to pages of other origins: none unless they are listed, and never with credentials. */
record Cors(Set<String> origins) {

    private static final String EXPOSED = "Request-Id, Matrix-Version, ETag, Location, Link, Retry-After, RateLimit,"
            + " RateLimit-Policy, Idempotent-Replayed, Matrix-Should-Retry, Deprecation, Sunset, Content-Disposition,"
            + " WWW-Authenticate";
    private static final String ALLOWED =
            "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match,"
                    + " Matrix-Version, Request-Id";

    Cors {
        origins = Set.copyOf(origins);
    }

    /** Adds what the origin of a request may see. */
    void addTo(List<Line> lines, ApiHeaders request) {
        String origin = origins.isEmpty() ? null : request.first("Origin");
        if (origin != null && origins.contains(origin)) {
            lines.add(new Line("Access-Control-Allow-Origin", origin));
            lines.add(new Line("Access-Control-Expose-Headers", EXPOSED));
        }
    }

    /** Adds what a preflight asks for. */
    void addPreflight(List<Line> lines, ApiHeaders request, String methods) {
        String origin = origins.isEmpty() ? null : request.first("Origin");
        if (origin != null && origins.contains(origin) && request.first("Access-Control-Request-Method") != null) {
            lines.add(new Line("Access-Control-Allow-Methods", methods));
            lines.add(new Line("Access-Control-Allow-Headers", ALLOWED));
            lines.add(new Line("Access-Control-Max-Age", "600"));
        }
    }
}
