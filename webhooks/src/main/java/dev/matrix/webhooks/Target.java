package dev.matrix.webhooks;

import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.util.List;
import java.util.Map;

/**
 * An endpoint as requests are made from it: settings, opened headers and keys of one moment. It is opened once a version
 * and set of keys, outside transactions, as opening may read the key store.
 *
 * @param keys newest first
 */
record Target(Loaded loaded, EndpointSettings settings, Map<String, String> headers, List<SigningKey> keys) {

    static Target open(Loaded loaded, EndpointForm form) {
        EndpointRow row = loaded.row();
        return new Target(
                loaded,
                form.settings(row),
                form.openHeaders(row),
                loaded.keys().stream().map(key -> form.openKey(row.owner(), key)).toList());
    }

    EndpointRow row() {
        return loaded.row();
    }

    boolean isActive() {
        return row().status() == EndpointStatus.ACTIVE;
    }

    /** Whether a later look at the store shows the same version and the same keys. */
    boolean isStill(Loaded now) {
        return now.row().version() == row().version()
                && now.keys().stream().map(key -> key.id()).toList().equals(loaded.keys().stream()
                        .map(key -> key.id())
                        .toList());
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Target[" + row().id() + " version " + row().version() + "]";
    }
}
