package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.signing.Vectors;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering and changing endpoints. */
class EndpointTest {

    private final Node node = Node.alone(builder -> builder.endpointsPerOwner(3));

    @Test
    void aNewEndpointIsActiveAndShowsItsSettingsButNoSecret() {
        Registered registered = node.webhooks.register(Node.endpoint()
                .header("X-Token", "hush-hush")
                .timeout(Duration.ofSeconds(3))
                .rateLimit(10, 20)
                .description("billing")
                .metadata(Map.of("team", "core")));

        EndpointView view = node.view(registered);
        assertThat(view).isEqualTo(registered.endpoint());
        assertThat(view.id()).startsWith("whe_");
        assertThat(view.status()).isEqualTo(EndpointStatus.ACTIVE);
        assertThat(view.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(view.rateLimit()).isEqualTo(new RateLimit(10, 20));
        assertThat(view.headerNames()).containsExactly("X-Token");
        assertThat(view.keyIds()).hasSize(1);
        assertThat(registered.secret()).startsWith("whsec_");
        assertThat(view.toString() + registered).doesNotContain("hush-hush").doesNotContain(registered.secret());
    }

    @Test
    void anEndpointWithoutOwnerOrEventsIsRefusedAndSaysWhatToAdd() {
        assertThatThrownBy(() ->
                        node.webhooks.register(Endpoint.to(URI.create(Node.URL)).events("*")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ownedBy");
        assertThatThrownBy(() ->
                        node.webhooks.register(Endpoint.to(URI.create(Node.URL)).ownedBy(Node.ALICE)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("events");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://user:pass@example.com/",
                "https://example.com/#x",
                "https://intranet/",
                "https://localhost/",
                "https://localhost./",
                "https://intranet./",
                "https://printer.local/",
                "https://printer.local./",
                "https://db.internal/",
                "https://DB.Internal./",
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://[::1]/",
                "https://10.1.2.3/",
                "https://example.com:80/",
                "mailto:a@b.c"
            })
    @Tag("C9")
    void aTargetThatIsNotAPublicHttpsOneIsRefused(String url) {
        assertThatThrownBy(() -> node.webhooks.register(
                        Endpoint.to(URI.create(url)).ownedBy(Node.ALICE).events("*")))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(node.webhooks.endpoints(Node.ALICE, PageRequest.first(1)).items())
                .isEmpty();
    }

    private static boolean allows(TargetRules rules, String url) {
        try {
            rules.check(URI.create(url));
            return true;
        } catch (InvalidRequestException refused) {
            return false;
        }
    }

    @Test
    @Tag("C9")
    void withoutHttpsTheOtherRulesOfATargetHoldUntilPrivateRangesAreAllowed() {
        TargetRules plain = new TargetRules(false, AddressPolicy.publicOnly());
        assertThat(List.of(
                        "http://example.com/",
                        "http://example.com./",
                        "http://example.com:80/",
                        "http://example.com:8080/",
                        "https://example.com:443/",
                        "http://198.51.101.1/"))
                .allMatch(url -> allows(plain, url));
        assertThat(List.of(
                        "http://example.com:22/",
                        "https://example.com:80/",
                        "http://localhost/",
                        "http://localhost.:8080/",
                        "http://intranet/",
                        "http://db.internal/",
                        "http://127.0.0.1/"))
                .noneMatch(url -> allows(plain, url));

        TargetRules local = new TargetRules(false, AddressPolicy.publicOnly().allowing("127.0.0.0/8"));
        assertThat(List.of("http://localhost:8080/", "http://db.internal/", "http://127.0.0.1:8080/"))
                .allMatch(url -> allows(local, url));
        assertThat(allows(local, "http://localhost:22/")).isFalse();
        assertThat(allows(local, "http://10.0.0.1/")).isFalse();
    }

    @Test
    void anOwnerHasAtMostSoManyEndpoints() {
        for (int i = 0; i < 3; i++) {
            node.webhooks.register(Node.endpoint());
        }
        assertThatThrownBy(() -> node.webhooks.register(Node.endpoint()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("3");
        assertThat(node.webhooks.endpoints(Node.ALICE, PageRequest.first(2)).items())
                .hasSize(2);
        assertThat(node.webhooks.endpoints(Node.ALICE, PageRequest.first(2)).nextCursor())
                .isNotNull();
    }

    @Test
    void anUpdateTakesEffectAndAStaleOneConflicts() {
        Registered registered = node.webhooks.register(Node.endpoint());
        EndpointView changed = node.webhooks.update(
                Node.ALICE,
                registered.endpoint().id(),
                1,
                endpoint -> endpoint.url(URI.create("https://new.example.com/")));

        node.publish("i-1");
        node.drive();

        assertThat(changed.version()).isEqualTo(2);
        assertThat(node.receivers.to("https://new.example.com/")).hasSize(1);
        assertThatThrownBy(() -> node.webhooks.update(
                        Node.ALICE, registered.endpoint().id(), 1, endpoint -> endpoint.description("stale")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("version 1");
        assertThatThrownBy(() -> node.webhooks.update(
                        Node.ALICE, registered.endpoint().id(), 2, endpoint -> endpoint.ownedBy(Owner.user("eve"))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("W9")
    void asymmetricSignaturesCanBeAddedLater() {
        Registered registered = node.webhooks.register(Node.endpoint());
        EndpointView changed = node.webhooks.update(
                Node.ALICE,
                registered.endpoint().id(),
                1,
                endpoint -> endpoint.signedWith(SignatureScheme.STANDARD_V1, SignatureScheme.STANDARD_V1A));

        node.publish("i-1");
        node.drive();

        HttpCall call = node.receivers.to(Node.URL).get(0);
        assertThat(changed.keyIds()).hasSize(2);
        assertThat(call.headers().getOrDefault("webhook-signature", List.of()))
                .singleElement()
                .asString()
                .contains("v1,")
                .contains("v1a,");
    }

    @Test
    void aDeletedEndpointIsGoneAndItsDeliveriesAreCancelledYetReadable() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();

        node.webhooks.delete(Node.ALICE, registered.endpoint().id());
        node.publish("i-2");
        node.jump(Duration.ofHours(1));

        assertThatThrownBy(() -> node.view(registered)).isInstanceOf(NotFoundException.class);
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(node.receivers.calls()).hasSize(1);
    }

    @Test
    @Tag("W38")
    void howeverMuchIsOpenForADeletedEndpointIsCancelledWithoutWaitingForItsRetries() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 404);
        for (int i = 0; i < 1_100; i++) {
            node.publish("i-" + i);
        }
        node.advance(Duration.ofMinutes(1));
        assertThat(node.webhooks.deliveriesByState()).containsOnlyKeys(DeliveryState.RETRYING);

        node.webhooks.delete(Node.ALICE, registered.endpoint().id());
        node.drive();

        assertThat(node.webhooks.deliveriesByState()).containsOnlyKeys(DeliveryState.CANCELLED);
    }

    @Test
    @Tag("W37")
    void aDisabledEndpointCannotBePaused() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.DISABLED);

        assertThatThrownBy(() -> node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED))
                .isInstanceOf(ConflictException.class);
        assertThat(node.webhooks
                        .setStatus(Node.ALICE, id, EndpointStatus.ACTIVE)
                        .status())
                .isEqualTo(EndpointStatus.ACTIVE);
    }

    @Test
    @Tag("W3")
    void aFilterThatBreaksARuleIsRefusedAndNothingIsStored() {
        assertThatThrownBy(() -> node.webhooks.register(Node.endpoint().filter("{\"data\":{\"gpuCount\":1}}")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("/data/gpuCount");
        assertThat(node.webhooks.endpoints(Node.ALICE, PageRequest.first(1)).items())
                .isEmpty();
    }

    @Test
    void anotherOwnersEndpointIsNotFound() {
        String id = node.webhooks.register(Node.endpoint()).endpoint().id();
        Owner eve = Owner.user("eve");
        List<Runnable> tries = List.of(
                () -> node.webhooks.endpoint(eve, id),
                () -> node.webhooks.delete(eve, id),
                () -> node.webhooks.setStatus(eve, id, EndpointStatus.PAUSED),
                () -> node.webhooks.update(eve, id, 1, endpoint -> endpoint));
        assertThat(tries).allSatisfy(attempt -> assertThatThrownBy(attempt::run).isInstanceOf(NotFoundException.class));
    }

    @Test
    @Tag("W10")
    @Tag("C7")
    void anEndpointRefusesABadSecretAtOnceAndShowsNone() {
        Endpoint endpoint = Endpoint.to(URI.create("https://example.com/hook"));

        assertThatThrownBy(() -> endpoint.secret("whsec_")).hasMessageContaining("empty");
        assertThat(endpoint.secret(Vectors.SECRET).secret()).isEqualTo(Vectors.SECRET);
        assertThat(endpoint.secret(Vectors.SECRET)).asString().doesNotContain("MfKQ9r8G");
    }

    @Test
    void keysOfAnEndpointShowNoByteInTheirText() {
        EndpointKeys keys = new EndpointKeys(List.of(
                new EndpointKeys.Key("whk_1", SigningKey.parse(Vectors.SECRET), null),
                new EndpointKeys.Key("whk_2", SigningKey.parse(Vectors.KEY_PAIR), null)));

        assertThat(keys + " " + keys.signing())
                .contains("whk_1")
                .doesNotContain("MfKQ9r8G", Vectors.KEY_PAIR.substring(6, 14));
    }
}
