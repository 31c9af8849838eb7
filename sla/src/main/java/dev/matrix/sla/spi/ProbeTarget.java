package dev.matrix.sla.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.StorableText;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A component and how it is checked. Immutable; its text form leaves out the headers' values.
 *
 * @param componentId the name that bindings use
 * @param kind which {@link UptimeProbe} checks it
 * @param uri what is checked; null for heartbeats
 * @param headers sent with each check; kept encrypted, never shown again
 * @param method GET by default
 * @param expected statuses that mean up; 200 to 299 by default
 * @param bodyContains a text that the body must have; null by default: any body
 * @param interval between checks; 60 s by default, 10 s to 31 days
 * @param retryInterval between checks while a change is in question; 20 s by default, at least 5 s
 * @param timeout of one check; 10 s by default, at least 1 s
 * @param failures so many in a row mean down; 3 by default
 * @param successes so many in a row mean up; 2 by default
 * @param connectivityCheck asked when a check fails; if it has no answer either, the check tells nothing; null by default
 * @param internal whether private addresses may be reached; only host code can say so
 */
public record ProbeTarget(
        String componentId,
        String kind,
        @Nullable URI uri,
        Map<String, String> headers,
        ProbeMethod method,
        StatusRange expected,
        @Nullable String bodyContains,
        Duration interval,
        Duration retryInterval,
        Duration timeout,
        int failures,
        int successes,
        @Nullable URI connectivityCheck,
        boolean internal) {

    static final String HTTP = "http";
    static final String HEARTBEAT = "heartbeat";

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_HEADERS = 16;
    private static final int MOST_CHECKS = 1_440;
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);
    private static final Duration MOST_INTERVAL = Duration.ofDays(31);

    public ProbeTarget {
        text(componentId, "componentId", LONGEST_NAME);
        text(kind, "kind", LONGEST_NAME);
        requireNonNull(method, "method");
        requireNonNull(expected, "expected");
        headers = Map.copyOf(headers);
        that(headers.size() <= MOST_HEADERS, "headers has at most 16 entries");
        headers.forEach((name, value) -> {
            that(name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}"), "headers has names as HTTP allows them");
            text(value, "headers", LONGEST_TEXT);
        });
        address(uri, "uri");
        address(connectivityCheck, "connectivityCheck");
        that(!kind.equals(HTTP) || uri != null, "uri is required for http probes");
        if (bodyContains != null) {
            text(bodyContains, "bodyContains", LONGEST_TEXT);
            that(method != ProbeMethod.HEAD, "bodyContains needs the method GET, as HEAD has no body");
        }
        within(interval, LEAST_INTERVAL, MOST_INTERVAL, "interval");
        within(retryInterval, Duration.ofSeconds(5), interval, "retryInterval");
        within(timeout, Duration.ofSeconds(1), interval, "timeout");
        that(failures >= 1 && failures <= MOST_CHECKS, "failures is 1 to 1440");
        that(successes >= 1 && successes <= MOST_CHECKS, "successes is 1 to 1440");
    }

    private static void that(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidRequestException(rule + ".");
        }
    }

    private static void text(String value, String field, int longest) {
        that(
                !value.isBlank()
                        && value.length() <= longest
                        && StorableText.isWhole(value)
                        && value.chars().noneMatch(Character::isISOControl),
                field + " has 1 to " + longest + " characters without controls");
    }

    private static void address(@Nullable URI uri, String field) {
        that(
                uri == null
                        || (uri.getHost() != null
                                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                                && uri.getRawUserInfo() == null
                                && uri.toString().length() <= LONGEST_TEXT),
                field + " is an absolute http or https address without user info");
    }

    private static void within(Duration value, Duration least, Duration most, String field) {
        that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                field + " is " + least + " to " + most + ", not " + value);
    }

    /** Checks of an address by HTTP, with the defaults named above. */
    public static ProbeTargetBuilder http(String componentId, URI uri) {
        return new ProbeTargetBuilder(componentId, HTTP, uri);
    }

    /** Heartbeats that come once per interval, with the defaults named above. */
    public static ProbeTargetBuilder heartbeat(String componentId, Duration interval) {
        return new ProbeTargetBuilder(componentId, HEARTBEAT, null).every(interval);
    }

    /** Checks by a probe of the host's own. */
    public static ProbeTargetBuilder of(String componentId, String kind, @Nullable URI uri) {
        return new ProbeTargetBuilder(componentId, kind, uri);
    }

    /** Whether the component reports by itself. */
    public boolean isHeartbeat() {
        return kind.equals(HEARTBEAT);
    }

    /** Silence of so long means that nothing is known, or for heartbeats that the component is down. */
    public Duration silence() {
        return interval.multipliedBy(2).plus(timeout);
    }

    /** This target with other headers. */
    public ProbeTarget withHeaders(Map<String, String> others) {
        return new ProbeTarget(
                componentId,
                kind,
                uri,
                others,
                method,
                expected,
                bodyContains,
                interval,
                retryInterval,
                timeout,
                failures,
                successes,
                connectivityCheck,
                internal);
    }

    @Override
    public String toString() {
        return kind + " probe of " + componentId + " with headers " + new TreeMap<>(headers).keySet();
    }
}
