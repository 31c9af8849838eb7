package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.webhooks.spi.EndpointSecretStore;
import dev.matrix.webhooks.spi.EndpointSecretStore.Kind;
import dev.matrix.webhooks.spi.EndpointSecretStore.Secret;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Endpoints' secrets follow the rotation of the keys that seal them. */
@Tag("K4")
class EndpointSecretsTest {

    private final Node node = Node.alone();
    private final KeyRing keys = node.matrix.keys();

    private List<Secret> secrets() {
        return node.matrix
                .transactions()
                .returning(tx -> Stream.of(Kind.values())
                        .flatMap(kind ->
                                node.matrix.stores().get(EndpointSecretStore.class).after(tx, kind, null, 100).stream())
                        .toList());
    }

    private boolean isCurrent(Secret secret) {
        String purpose = secret.kind() == Kind.KEY ? EndpointForm.SECRET_PURPOSE : EndpointForm.HEADERS_PURPOSE;
        return keys.isCurrent(new KeyUse(purpose, secret.owner(), secret.id()), secret.sealed());
    }

    private void rotateAll() {
        keys.rotate(EndpointForm.SECRET_PURPOSE, node.clock.instant());
        keys.rotate(EndpointForm.HEADERS_PURPOSE, node.clock.instant());
    }

    @Test
    void keysAndHeaderValuesAreSealedAnewAndGoOnWorking() {
        Registered registered = node.webhooks.register(Node.endpoint().header("X-Token", "hush"));
        node.webhooks.rotateSecret(Node.ALICE, registered.endpoint().id(), RotationRequest.ofSecret());
        node.webhooks.register(Node.endpoint());
        List<Secret> before = secrets();
        assertThat(before).hasSize(5).allMatch(this::isCurrent);

        rotateAll();
        node.clock.advance(Duration.ofMinutes(11));
        assertThat(before).noneMatch(this::isCurrent);
        node.jump(Duration.ofHours(1));

        assertThat(secrets()).hasSize(5).allMatch(this::isCurrent);
        node.publish("i-1");
        node.drive();
        assertThat(node.receivers.to(Node.URL))
                .hasSize(2)
                .allSatisfy(call ->
                        assertThat(call.headers().get("webhook-signature")).isNotEmpty());
        assertThat(node.receivers.to(Node.URL))
                .anySatisfy(call -> assertThat(call.headers().get("X-Token")).containsExactly("hush"));
    }

    @Test
    void aBatchResealsNoMoreThanItsLimitAndTheNextGoesOnUntilNothingIsLeft() {
        for (int i = 0; i < 5; i++) {
            node.webhooks.register(Node.endpoint());
        }
        WebhookStores stores = WebhookStores.of(node.matrix.stores());
        EndpointSecrets secrets = new EndpointSecrets(stores, Kind.KEY);
        assertThat(secrets.resealBatch(keys, 2, node.clock.instant())).isZero();
        keys.rotate(EndpointForm.SECRET_PURPOSE, node.clock.instant());
        node.clock.advance(Duration.ofMinutes(11));

        assertThat(secrets.resealBatch(keys, 2, node.clock.instant())).isEqualTo(2);
        assertThat(secrets.resealBatch(keys, 2, node.clock.instant())).isEqualTo(2);
        assertThat(secrets.resealBatch(keys, 2, node.clock.instant())).isEqualTo(1);
        assertThat(secrets.resealBatch(keys, 2, node.clock.instant())).isZero();
    }
}
