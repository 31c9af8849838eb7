package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Endpoints between the forms that hosts, stores and requests need. */
record EndpointForm(JsonCodec json, KeyRing keys) {

    static final String SECRET_PURPOSE = "webhook.secret";
    static final String HEADERS_PURPOSE = "webhook.headers";

    private record HeaderValues(Map<String, String> values) {}

    byte[] encode(EndpointSettings settings) {
        return json.encode(settings);
    }

    EndpointSettings settings(EndpointRow row) {
        return json.decode(row.settings(), EndpointSettings.class);
    }

    byte[] sealHeaders(Owner owner, String endpointId, Map<String, String> headers) {
        return keys.seal(new KeyUse(HEADERS_PURPOSE, owner, endpointId), json.encode(new HeaderValues(headers)));
    }

    Map<String, String> openHeaders(EndpointRow row) {
        byte[] opened = keys.open(new KeyUse(HEADERS_PURPOSE, row.owner(), row.id()), row.sealedHeaders());
        return json.decode(opened, HeaderValues.class).values();
    }

    byte[] sealSecret(Owner owner, String keyId, String text) {
        return keys.seal(new KeyUse(SECRET_PURPOSE, owner, keyId), text.getBytes(StandardCharsets.UTF_8));
    }

    String openSecret(Owner owner, EndpointKeyRow key) {
        return new String(keys.open(new KeyUse(SECRET_PURPOSE, owner, key.id()), key.sealed()), StandardCharsets.UTF_8);
    }

    /** The endpoint as its host gave it, but for the secret. */
    Endpoint endpoint(EndpointRow row) {
        return Endpoint.stored(row.owner(), settings(row), openHeaders(row));
    }

    EndpointView view(Loaded loaded) {
        EndpointRow row = loaded.row();
        EndpointSettings s = settings(row);
        return new EndpointView(
                row.id(),
                row.owner(),
                s.url(),
                s.events(),
                s.filter(),
                s.schemes(),
                s.timeout(),
                s.maxInFlight(),
                s.rateLimit(),
                s.ordering(),
                s.body(),
                s.retry(),
                List.copyOf(openHeaders(row).keySet()),
                s.description(),
                s.metadata(),
                row.status(),
                row.disabledReason(),
                row.version(),
                loaded.keys().stream().map(EndpointKeyRow::id).toList(),
                row.failingSince(),
                row.createdAt());
    }
}
