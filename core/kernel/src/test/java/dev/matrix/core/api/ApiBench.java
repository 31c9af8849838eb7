package dev.matrix.core.api;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A dispatcher over notes, and requests to it. */
final class ApiBench {

    static final Owner ALICE = Owner.user("u_alice");
    static final Owner BOB = Owner.user("u_bob");

    final ManualClock clock = ManualClock.at("2026-11-27T08:00:00Z");
    final Matrix matrix =
            Matrix.builder().stores(Stores.inMemory()).clock(clock).build();
    final Notes notes;
    final Keys keys = new Keys()
            .with(
                    "alice",
                    key(
                            "key_a",
                            ALICE,
                            "notes:read",
                            "notes:write",
                            "events:read",
                            "events:write",
                            "events:admin",
                            "account:write"))
            .with("bob", key("key_b", BOB, "notes:read", "notes:write", "events:read", "account:write"))
            .with("reader", key("key_r", ALICE, "notes:read"))
            .with(
                    "root",
                    key(
                            "key_o",
                            Owner.platform(),
                            "notes:read",
                            "notes:write",
                            "events:read",
                            "events:write",
                            "events:admin",
                            "account:write",
                            ApiPrincipal.OPERATE));
    final List<ApiExchange> exchanges = new CopyOnWriteArrayList<>();
    final ApiDispatcher api;

    private ApiBench(UnaryOperator<ApiDispatcherBuilder> change, boolean strict, VersionChange... changes) {
        this.notes = new Notes(matrix.transactions(), strict, changes);
        this.api = change.apply(ApiDispatcher.on(matrix)
                        .modules(notes)
                        .authenticator(keys)
                        .checkReplies(true)
                        .listener(exchanges::add))
                .build();
    }

    static ApiBench create() {
        return new ApiBench(b -> b, false);
    }

    static ApiBench with(UnaryOperator<ApiDispatcherBuilder> change) {
        return new ApiBench(change, false);
    }

    static ApiBench strict() {
        return new ApiBench(b -> b, true);
    }

    static ApiBench versioned(UnaryOperator<ApiDispatcherBuilder> change, VersionChange... changes) {
        return new ApiBench(change, false, changes);
    }

    private static ApiPrincipal key(String id, Owner owner, String... scopes) {
        return new ApiPrincipal(id, owner, Set.of(scopes), null);
    }

    /** A reply with its body read. */
    record Answer(int status, ApiHeaders headers, String body) {

        String header(String name) {
            String value = headers.first(name);
            return value == null ? "" : value;
        }

        String code() {
            return member("code");
        }

        String member(String name) {
            return json().get(name) instanceof JsonString text ? text.value() : "";
        }

        JsonObject json() {
            Json json = dev.matrix.core.json.JsonCodec.of(dev.matrix.core.money.Currencies.standard())
                    .parse(body.getBytes(StandardCharsets.UTF_8));
            return (JsonObject) json;
        }
    }

    /** A request under construction. */
    final class Ask {

        private final String method;
        private final String target;
        private ApiHeaders headers = ApiHeaders.empty();
        private byte[] body = {};
        private String peer = "192.0.2.1";

        private Ask(String method, String target) {
            this.method = method;
            this.target = target;
        }

        Ask as(String key) {
            return header("Authorization", "Bearer " + key);
        }

        Ask header(String name, String value) {
            headers = headers.with(name, value);
            return this;
        }

        Ask json(String text) {
            return header("Content-Type", "application/json").bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Ask bytes(byte[] bytes) {
            this.body = bytes;
            return this;
        }

        Ask from(String address) {
            this.peer = address;
            return this;
        }

        ApiRequest request() {
            int query = target.indexOf('?');
            return new ApiRequest(
                    method,
                    query < 0 ? target : target.substring(0, query),
                    query < 0 ? null : target.substring(query + 1),
                    headers,
                    new ByteArrayInputStream(body),
                    peer);
        }

        Answer send() {
            ApiResponse response = api.handle(request());
            String text = response.body() instanceof ApiBody.Bytes bytes
                    ? new String(bytes.content(), StandardCharsets.UTF_8)
                    : "";
            return new Answer(response.status(), response.headers(), text);
        }
    }

    Ask ask(String method, String target) {
        return new Ask(method, target);
    }

    Ask get(String target) {
        return ask("GET", target);
    }

    Ask post(String target, @Nullable String json) {
        return json == null ? ask("POST", target) : ask("POST", target).json(json);
    }

    /** Keeps a note of Alice's and returns its id. */
    String note(String memo) {
        return post("/v1/notes", "{\"memo\":\"" + memo + "\"}")
                .as("alice")
                .send()
                .member("id");
    }
}
