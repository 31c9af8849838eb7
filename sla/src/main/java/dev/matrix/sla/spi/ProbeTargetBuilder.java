package dev.matrix.sla.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes a {@link ProbeTarget}, which says the defaults. Not thread-safe. */
public final class ProbeTargetBuilder {

    private static final Duration RETRY = Duration.ofSeconds(20);

    private final String componentId;
    private final String kind;
    private final @Nullable URI uri;
    private final Map<String, String> headers = new TreeMap<>();
    private ProbeMethod method = ProbeMethod.GET;
    private StatusRange expected = StatusRange.success();
    private @Nullable String bodyContains;
    private Duration interval = Duration.ofSeconds(60);
    private @Nullable Duration retryInterval;
    private Duration timeout = Duration.ofSeconds(10);
    private int failures = 3;
    private int successes = 2;
    private @Nullable URI connectivityCheck;
    private boolean internal;

    ProbeTargetBuilder(String componentId, String kind, @Nullable URI uri) {
        this.componentId = requireNonNull(componentId, "componentId");
        this.kind = requireNonNull(kind, "kind");
        this.uri = uri;
    }

    /** Sends this header with each check. */
    public ProbeTargetBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Asks by this method. */
    public ProbeTargetBuilder method(ProbeMethod other) {
        this.method = other;
        return this;
    }

    /** Takes these statuses for up. */
    public ProbeTargetBuilder expecting(StatusRange statuses) {
        this.expected = statuses;
        return this;
    }

    /** Takes only a body with this text for up. */
    public ProbeTargetBuilder containing(String text) {
        this.bodyContains = text;
        return this;
    }

    /** Checks once per interval. */
    public ProbeTargetBuilder every(Duration time) {
        this.interval = time;
        return this;
    }

    /** Checks so often while a change is in question; 20 s or the interval, whichever is shorter, by default. */
    public ProbeTargetBuilder retryEvery(Duration time) {
        this.retryInterval = time;
        return this;
    }

    /** Gives a check so much time. */
    public ProbeTargetBuilder timeout(Duration time) {
        this.timeout = time;
        return this;
    }

    /** Takes so many failures in a row for down. */
    public ProbeTargetBuilder downAfter(int number) {
        this.failures = number;
        return this;
    }

    /** Takes so many successes in a row for up. */
    public ProbeTargetBuilder upAfter(int number) {
        this.successes = number;
        return this;
    }

    /** Asks here whether this side has a connection when a check fails. */
    public ProbeTargetBuilder connectivityCheck(URI other) {
        this.connectivityCheck = other;
        return this;
    }

    /** Lets checks reach private addresses. */
    public ProbeTargetBuilder internal() {
        this.internal = true;
        return this;
    }

    /**
     * The target.
     *
     * @throws dev.matrix.core.InvalidRequestException when a value isn't within its bounds
     */
    public ProbeTarget build() {
        Duration retry = retryInterval != null ? retryInterval : RETRY.compareTo(interval) < 0 ? RETRY : interval;
        return new ProbeTarget(
                componentId,
                kind,
                uri,
                headers,
                method,
                expected,
                bodyContains,
                interval,
                retry,
                timeout,
                failures,
                successes,
                connectivityCheck,
                internal);
    }
}
