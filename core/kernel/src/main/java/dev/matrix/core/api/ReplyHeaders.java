package dev.matrix.core.api;

import dev.matrix.core.api.ApiHeaders.Line;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the headers of one response. */
final class ReplyHeaders {

    private static final Line NOSNIFF = new Line("X-Content-Type-Options", "nosniff");
    private static final Line VARY = new Line("Vary", "Authorization, Accept, Accept-Encoding, Matrix-Version, Origin");
    private static final Line NO_STORE = new Line("Cache-Control", "no-store");
    private static final Line REVALIDATE = new Line("Cache-Control", "private, no-cache");
    private static final Line PROBLEM = new Line("Content-Type", "application/problem+json");
    private static final Line CHALLENGE = new Line("WWW-Authenticate", "Bearer");
    private static final Line RETRY = new Line("Matrix-Should-Retry", "true");
    private static final Line NO_RETRY = new Line("Matrix-Should-Retry", "false");

    private final List<Line> lines = new ArrayList<>(14);

    ReplyHeaders(String requestId) {
        lines.add(new Line("Request-Id", requestId));
        lines.add(NOSNIFF);
        lines.add(VARY);
    }

    List<Line> lines() {
        return lines;
    }

    void add(String name, String value) {
        lines.add(new Line(name, value));
    }

    void deprecated(Deprecation end) {
        long since = end.since().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        ZonedDateTime sunset = end.sunset().atTime(23, 59, 59).atZone(ZoneOffset.UTC);
        add("Deprecation", "@" + since);
        add("Sunset", IMF_FIXDATE.format(sunset));
        add("Link", "<" + end.link() + ">; rel=\"deprecation\"");
    }

    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    void problem(ApiProblem problem, boolean repeatable) {
        lines.removeIf(line -> line.name().equals("Content-Type") || line.name().equals("ETag"));
        lines.add(PROBLEM);
        lines.add(Problems.shouldRetry(problem, repeatable) ? RETRY : NO_RETRY);
        long wait = Problems.retryAfter(problem);
        if (wait > 0) {
            add("Retry-After", Long.toString(wait));
        }
        if (problem.status() == 401) {
            lines.add(CHALLENGE);
        }
    }

    boolean has(String name) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    ApiHeaders build() {
        if (!has("Cache-Control")) {
            lines.add(has("ETag") ? REVALIDATE : NO_STORE);
        }
        return ApiHeaders.of(lines);
    }

    /** Whether a field of entity tags has this one, in quotes; weak ones match too (RFC 9110, 13.1.2). None is an empty one. */
    static boolean matches(@Nullable String field, String etag) {
        if (field == null || etag.isEmpty()) {
            return false;
        }
        for (String each : field.split(",", -1)) {
            String tag = each.trim();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
