package dev.matrix.webhooks;

import dev.matrix.webhooks.signing.Signatures;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An endpoint as requests are made to it: its settings, opened headers and keys of one moment. Opened once a version and
 * set of keys, and outside transactions, as opening may read the key store.
 */
record Target(
        Loaded loaded,
        EndpointSettings settings,
        Map<String, String> headers,
        EndpointKeys keys,
        Signatures signatures) {

    static Target open(Loaded loaded, EndpointForm form, String stripeHeader) {
        EndpointRow row = loaded.row();
        EndpointSettings settings = form.settings(row);
        EndpointKeys keys = form.openKeys(loaded);
        return new Target(
                loaded,
                settings,
                form.openHeaders(row),
                keys,
                new Signatures(settings.schemes(), keys.signing(), stripeHeader));
    }

    /** What signs a request at an instant: without the keys whose grace has ended since they were read. */
    Signatures signatures(Instant at) {
        EndpointKeys live = keys.live(at);
        return live.equals(keys)
                ? signatures
                : new Signatures(settings.schemes(), live.signing(), signatures.stripeHeader());
    }

    EndpointRow row() {
        return loaded.row();
    }

    boolean isActive() {
        return row().status() == EndpointStatus.ACTIVE;
    }

    List<String> keyIds(Instant at) {
        return keys.live(at).ids();
    }

    /** Whether a later read of the store shows the same version and the same keys. */
    boolean isStill(Loaded seen) {
        return seen.row().version() == row().version() && ids(seen).equals(ids(loaded));
    }

    private static List<String> ids(Loaded loaded) {
        return loaded.keys().stream().map(EndpointKeyRow::id).toList();
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Target[" + row().id() + " version " + row().version() + "]";
    }
}
