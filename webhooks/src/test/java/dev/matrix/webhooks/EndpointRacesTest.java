package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.EndpointStore.Health;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What another node commits between two statements of a change to the same endpoint. */
class EndpointRacesTest {

    /** What happens right before or after the next call of a method of the endpoint store. */
    private final Map<String, Consumer<Tx>> others = new HashMap<>();

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores sound = Stores.inMemory(clock);
    private final EndpointStore endpoints = sound.get(EndpointStore.class);
    private final Node node =
            new Node(sound.with(EndpointStore.class, watched()), clock, new Receivers(), "one", builder -> builder);
    private final Registered registered = node.webhooks.register(Node.endpoint());
    private final String id = registered.endpoint().id();

    private EndpointStore watched() {
        return (EndpointStore) Proxy.newProxyInstance(
                EndpointStore.class.getClassLoader(), new Class<?>[] {EndpointStore.class}, (proxy, method, args) -> {
                    Tx tx = (Tx) args[0];
                    happen("before " + method.getName(), tx);
                    Object result = method.invoke(endpoints, args);
                    happen("after " + method.getName(), tx);
                    return result;
                });
    }

    private void happen(String when, Tx tx) {
        Consumer<Tx> other = others.remove(when);
        if (other != null) {
            other.accept(tx);
        }
    }

    private EndpointRow row(Tx tx) {
        return endpoints.find(tx, Node.ALICE, id, clock.instant()).orElseThrow().row();
    }

    private void becomeGone(Tx tx) {
        assertThat(endpoints.replaceIfVersion(
                        tx, EndpointChanges.withStatus(row(tx), EndpointStatus.DISABLED, DisabledReason.GONE)))
                .isTrue();
    }

    private List<String> news() {
        return node.matrix.events().page(EventQuery.all(), PageRequest.first(100)).items().stream()
                .map(event -> event.type().name())
                .filter(type -> type.startsWith("endpoint."))
                .toList();
    }

    private int patch(String body, String ifMatch) {
        return ApiDispatcher.on(node.matrix)
                .modules(node.webhooks.api())
                .authenticator(any -> new Authentication.Authenticated(
                        new ApiPrincipal("alice", Node.ALICE, Set.of("webhooks:write"), null)))
                .build()
                .handle(new ApiRequest(
                        "PATCH",
                        "/v1/webhooks/" + id,
                        null,
                        ApiHeaders.of(
                                "Authorization",
                                "Bearer alice",
                                "Content-Type",
                                "application/json",
                                "If-Match",
                                ifMatch),
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                        "192.0.2.9"))
                .status();
    }

    @Test
    @Tag("W37")
    void aStatusThatIsSetByAVersionIsRefusedOnceTheEndpointHasChanged() {
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        others.put("after find", this::becomeGone);

        assertThat(patch("{\"status\":\"active\"}", "\"2\"")).isEqualTo(409);

        assertThat(node.view(registered).version()).isEqualTo(2);
        assertThat(patch("{\"status\":\"active\",\"description\":\"back\"}", "\"2\""))
                .isEqualTo(200);
        assertThat(node.view(registered).version()).isEqualTo(4);
    }

    @Test
    @Tag("W38")
    void anEndpointThatIsDeletedTwiceAtOnceIsToldOnce() {
        others.put("before delete", tx -> node.webhooks.delete(tx, Node.ALICE, id));

        node.webhooks.delete(Node.ALICE, id);

        assertThat(news()).containsExactly("endpoint.created", "endpoint.deleted");
    }

    @Test
    @Tag("W31")
    void anEndpointThatIsGoneIsDisabledWhateverItsOwnerChangesMeanwhile() {
        node.receivers.at(Node.URL, 410);
        node.publish("i-1");
        others.put("before replaceIfVersion", tx -> endpoints.replaceIfVersion(tx, row(tx).next()));

        node.drive();

        assertThat(node.view(registered).disabledReason()).isEqualTo(DisabledReason.GONE);
        assertThat(node.view(registered).version()).isEqualTo(3);
        assertThat(news()).containsExactly("endpoint.created", "endpoint.disabled");
    }

    @Test
    @Tag("W36")
    void aChangeLeavesTheHealthAsItIsAndActivatingForgetsFailures() {
        node.receivers.at(Node.URL, 404);
        node.publish("i-1");
        node.drive();
        others.put("before replaceIfVersion", tx -> endpoints.noteHealth(tx, List.of(new Health(id, null, 0))));
        node.webhooks.update(Node.ALICE, id, 1, endpoint -> endpoint.description("new"));
        assertThat(node.view(registered).failingSince()).isNull();

        node.publish("i-2");
        node.drive();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        assertThat(node.view(registered).failingSince()).isNotNull();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.ACTIVE);
        assertThat(node.view(registered).failingSince()).isNull();
    }
}
