package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.Stores;
import dev.matrix.webhooks.signing.SignatureScheme;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds where a host says nothing, and how far it may go. */
class DefaultsTest {

    private final Node node = Node.alone();

    @Test
    void anEndpointNeedsOwnerAndEventsAlone() {
        Registered registered = node.webhooks.register(Node.endpoint());
        EndpointView view = registered.endpoint();

        assertThat(view.filter()).isNull();
        assertThat(view.schemes()).containsExactly(SignatureScheme.STANDARD_V1);
        assertThat(Base64.getDecoder().decode(registered.secret().substring("whsec_".length())))
                .hasSize(32);
        assertThat(view.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(view.maxInFlight()).isEqualTo(64);
        assertThat(view.rateLimit()).isNull();
        assertThat(view.ordering()).isEqualTo(Ordering.UNORDERED);
        assertThat(view.body()).isEqualTo(BodyStyle.FULL);
        assertThat(view.retry()).isEqualTo(RetryPolicy.standard());
        assertThat(view.headerNames()).isEmpty();
        assertThat(view.description()).isNull();
        assertThat(view.metadata()).isEmpty();
        assertThat(view.status()).isEqualTo(EndpointStatus.ACTIVE);
        assertThat(view.failingSince()).isNull();
        assertThat(view.version()).isEqualTo(1);
    }

    @Test
    void aBuilderNeedsNothing() {
        WebhooksBuilder builder = Webhooks.on(Matrix.builder()
                .stores(Stores.inMemory())
                .transport(new Receivers())
                .build());

        assertThat(builder.maxInFlight).isEqualTo(1_024);
        assertThat(builder.replyCap).isEqualTo(16 * 1_024);
        assertThat(builder.endpointsPerOwner).isEqualTo(100);
        assertThat(builder.lease).isEqualTo(Duration.ofSeconds(30));
        assertThat(builder.httpsOnly).isTrue();
        assertThat(builder.addresses).isEqualTo(AddressPolicy.publicOnly());
        assertThat(builder.attemptRetention).isEqualTo(Duration.ofDays(30));
        assertThat(builder.failingAfter).isEqualTo(Duration.ofDays(5));
        assertThat(builder.stripeHeader).isEqualTo("Matrix-Signature");
    }

    private static String[] patterns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "instance.*").toArray(String[]::new);
    }

    private static Map<String, String> pairs(int count) {
        return IntStream.range(0, count).boxed().collect(java.util.stream.Collectors.toMap(i -> "k" + i, i -> "v"));
    }

    private static List<UnaryOperator<Endpoint>> allowed() {
        return List.of(
                endpoint -> endpoint.events(patterns(100)),
                endpoint -> endpoint.timeout(Duration.ofSeconds(1)),
                endpoint -> endpoint.timeout(Duration.ofSeconds(30)),
                endpoint -> endpoint.maxInFlight(1),
                endpoint -> endpoint.maxInFlight(256),
                endpoint -> endpoint.rateLimit(1, 1),
                endpoint -> endpoint.metadata(pairs(20)),
                endpoint -> endpoint.description("d".repeat(500)),
                endpoint -> endpoint.signedWith(SignatureScheme.values()));
    }

    private static List<UnaryOperator<Endpoint>> refused() {
        return List.of(
                endpoint -> endpoint.events(patterns(101)),
                endpoint -> endpoint.events(),
                endpoint -> endpoint.timeout(Duration.ofMillis(999)),
                endpoint -> endpoint.timeout(Duration.ofMillis(30_001)),
                endpoint -> endpoint.maxInFlight(0),
                endpoint -> endpoint.maxInFlight(257),
                endpoint -> endpoint.rateLimit(0, 1),
                endpoint -> endpoint.rateLimit(1, 0),
                endpoint -> endpoint.metadata(pairs(21)),
                endpoint -> endpoint.description("d".repeat(501)),
                endpoint -> endpoint.signedWith());
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void settingsMayGoToTheirBounds(UnaryOperator<Endpoint> set) {
        assertThat(node.webhooks.register(set.apply(Node.endpoint())).endpoint().status())
                .isEqualTo(EndpointStatus.ACTIVE);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void settingsBeyondTheirBoundsAreRefused(UnaryOperator<Endpoint> set) {
        assertThatThrownBy(() -> node.webhooks.register(set.apply(Node.endpoint())))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("W43")
    void theBuilderListsEverySettingThatIsOutOfBounds() {
        assertThatThrownBy(() -> builder()
                        .attemptRetention(Duration.ZERO)
                        .failingAfter(Duration.ofSeconds(-1))
                        .lease(Duration.ofSeconds(4))
                        .endpointsPerOwner(0)
                        .replyCap(-1)
                        .maxInFlight(0)
                        .stripeHeader("webhook-id")
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll(
                        "7 reasons", "attemptRetention", "failingAfter", "A lease", "endpointsPerOwner")
                .hasMessageContainingAll("replyCap", "maxInFlight", "webhook-id");
        assertThatThrownBy(builder().replyCap((1 << 20) + 1)::build).isInstanceOf(InvalidRequestException.class);
        for (String name : List.of("webhook-id", "X-Hub-Signature-256", "a\r\nb", "a b", "", "é")) {
            assertThatThrownBy(builder().stripeHeader(name)::build)
                    .as(name)
                    .isInstanceOf(InvalidRequestException.class);
        }
        assertThat(builder().replyCap(1 << 20).stripeHeader("Acme-Signature").build())
                .isNotNull();
        assertThat(builder().stripeHeader("Matrix-Signature").build()).isNotNull();
    }

    @Test
    void whatIsMissingOfTheWiringIsToldBesideTheValues() {
        WebhooksBuilder builder =
                Webhooks.on(Matrix.builder().stores(Stores.inMemory()).build());

        assertThatThrownBy(builder.maxInFlight(0)::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("OkHttpTransport", "maxInFlight");
    }

    private static WebhooksBuilder builder() {
        return Webhooks.on(Matrix.builder()
                .stores(Stores.inMemory())
                .transport(new Receivers())
                .build());
    }
}
