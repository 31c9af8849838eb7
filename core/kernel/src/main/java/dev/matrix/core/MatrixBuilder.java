package dev.matrix.core;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.BuildFaults;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wires a {@link Matrix}. Not thread-safe. */
public final class MatrixBuilder {

    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LARGEST_PAYLOAD_LIMIT = 1 << 20;
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(30);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(730);

    private @Nullable Stores stores;

    @Nullable
    HttpTransport transport;

    private KeyRing.@Nullable Spec keys;
    InstantSource clock = InstantSource.system();
    Currencies currencies = Currencies.standard();
    final List<EventType> eventTypes = new ArrayList<>();
    final List<EventSubscriber> subscribers = new ArrayList<>();
    int payloadLimit = 256 << 10;
    Duration eventRetention = Duration.ofDays(90);

    @Nullable
    String node;

    private @Nullable RandomGenerator insecureRandom;

    MatrixBuilder() {}

    /** Where everything is stored; required. */
    public MatrixBuilder stores(Stores all) {
        this.stores = requireNonNull(all, "stores");
        return this;
    }

    /** How requests are sent; none by default, and then features that need one refuse to build. Closed with the Matrix. */
    public MatrixBuilder transport(HttpTransport http) {
        this.transport = requireNonNull(http, "transport");
        return this;
    }

    /**
     * How secrets at rest are sealed. Default over stores in memory: keys that end with the process; over persistent
     * stores: the key of the environment variable {@code MATRIX_KEK}, else {@code build()} fails.
     */
    public MatrixBuilder keys(KeyRing.Spec spec) {
        this.keys = requireNonNull(spec, "keys");
        return this;
    }

    /** This node's clock; the system's by default. */
    public MatrixBuilder clock(InstantSource source) {
        this.clock = requireNonNull(source, "clock");
        return this;
    }

    /** The currencies that amounts may have; {@link Currencies#standard()} by default. */
    public MatrixBuilder currencies(Currencies known) {
        this.currencies = requireNonNull(known, "currencies");
        return this;
    }

    /** Adds an event type of the host's. */
    public MatrixBuilder eventType(EventType type) {
        eventTypes.add(requireNonNull(type, "type"));
        return this;
    }

    /** Adds a subscriber of the host's. */
    public MatrixBuilder subscriber(EventSubscriber subscriber) {
        subscribers.add(requireNonNull(subscriber, "subscriber"));
        return this;
    }

    /** The largest payload of an event, in bytes; 256 KiB by default, 1 MiB at most. */
    public MatrixBuilder payloadLimit(int bytes) {
        this.payloadLimit = bytes;
        return this;
    }

    /** How long events are kept; 90 days by default, 30 to 730. */
    public MatrixBuilder eventRetention(Duration kept) {
        this.eventRetention = requireNonNull(kept, "kept");
        return this;
    }

    /** This node's name in leases, unique among the nodes over one storage; random by default. */
    public MatrixBuilder node(String name) {
        this.node = requireNonNull(name, "name");
        return this;
    }

    /** Replaces the {@link SecureRandom} that ids, jitter and keys come from: for tests and simulations only. */
    public MatrixBuilder insecureRandom(RandomGenerator random) {
        this.insecureRandom = requireNonNull(random, "random");
        return this;
    }

    /**
     * Wires the Matrix; nothing runs in the background before {@link Matrix#start()}.
     *
     * @throws IllegalStateException when stores are missing, or persistent stores have no key; the message says what to do
     * @throws InvalidRequestException when a setting is not allowed; the message lists each
     */
    public Matrix build() {
        new BuildFaults("Matrix")
                .wiring(
                        stores != null,
                        "Matrix needs stores: add .stores(Stores.inMemory()), or .stores("
                                + "JooqStorage.over(dataSource)) of matrix-jooq.")
                .value(
                        payloadLimit >= 1 && payloadLimit <= LARGEST_PAYLOAD_LIMIT,
                        "A payload limit is 1 to " + LARGEST_PAYLOAD_LIMIT + " bytes; " + payloadLimit + " is not.")
                .value(
                        eventRetention.compareTo(SHORTEST_RETENTION) >= 0
                                && eventRetention.compareTo(LONGEST_RETENTION) <= 0,
                        "Events are kept for 30 to 730 days; " + eventRetention + " is not in between.")
                .value(
                        node == null || NODE.matcher(node).matches(),
                        "A node's name matches " + NODE + "; '" + node + "' doesn't.")
                .raise();
        return new Matrix(this, requireNonNull(stores));
    }

    RandomGenerator random() {
        return insecureRandom == null ? new SecureRandom() : insecureRandom;
    }

    KeyRing.Spec keys(Stores bound) {
        KeyRing.Spec spec = keys == null ? KeyRing.defaultFor(bound) : keys;
        if (spec.ephemeral() && bound.persistent()) {
            throw new IllegalStateException("Keys that end with the process can't seal what outlives it: use"
                    + " .keys(KeyRing.envelope(…)) over persistent stores.");
        }
        return spec;
    }
}
