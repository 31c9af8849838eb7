package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.util.List;
import java.util.Map;

/** Endpoints between the forms that hosts, stores and requests need. */
record EndpointForm(JsonCodec json, KeyRing keys) {

    /** What sealed values of this module are for. */
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

    EndpointKeyRow seal(Owner owner, String endpointId, EndpointKeys.Key key) {
        byte[] sealed = keys.seal(
                new KeyUse(SECRET_PURPOSE, owner, key.id()), key.key().text().getBytes(UTF_8));
        return new EndpointKeyRow(key.id(), endpointId, key.key().kind(), sealed, key.expiresAt());
    }

    /** The live keys of an endpoint, newest first. */
    EndpointKeys openKeys(Loaded loaded) {
        Owner owner = loaded.row().owner();
        return new EndpointKeys(loaded.keys().stream()
                .map(row -> new EndpointKeys.Key(row.id(), SigningKey.parse(text(owner, row)), row.expiresAt()))
                .toList());
    }

    private String text(Owner owner, EndpointKeyRow row) {
        return new String(keys.open(new KeyUse(SECRET_PURPOSE, owner, row.id()), row.sealed()), UTF_8);
    }

    /** The endpoint as its host gave it, except for the secret. */
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
