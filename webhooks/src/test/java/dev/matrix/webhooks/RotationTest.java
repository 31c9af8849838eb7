package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.webhooks.signing.PublicKey;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.Signatures;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.signing.SigningKey.Kind;
import dev.matrix.webhooks.signing.Vectors;
import dev.matrix.webhooks.signing.Verification;
import dev.matrix.webhooks.signing.WebhookVerifier;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints' keys, as they are replaced. */
@Tag("W11")
class RotationTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Node node = Node.alone();
    private final Registered registered = node.webhooks.register(Node.endpoint());
    private final String id = registered.endpoint().id();

    private Rotation rotate(RotationRequest request) {
        return node.webhooks.rotateSecret(Node.ALICE, id, request);
    }

    private HttpCall delivered() {
        node.publish("i-1");
        node.drive();
        List<HttpCall> calls = node.receivers.to(Node.URL);
        return calls.get(calls.size() - 1);
    }

    private static String header(HttpCall call, String name) {
        return call.headers().getOrDefault(name, List.of("")).get(0);
    }

    private boolean verifies(String key, HttpCall call) {
        Map<String, String> headers = call.headers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().get(0)));
        return WebhookVerifier.standard(key).clock(node.clock).verify(headers, call.body())
                instanceof Verification.Verified;
    }

    @Test
    @Tag("C6")
    void aReplacedSecretSignsBesideItsSuccessorUntilItsGraceEnds() {
        String second = requireNonNull(rotate(RotationRequest.ofSecret()).secret());

        HttpCall both = delivered();
        assertThat(header(both, "webhook-signature").split(" ", -1)).hasSize(2);
        assertThat(verifies(registered.secret(), both)).isTrue();
        assertThat(verifies(second, both)).isTrue();

        node.jump(DAY.minusSeconds(1));
        assertThat(verifies(registered.secret(), delivered())).isTrue();
        node.jump(Duration.ofSeconds(2));
        HttpCall after = delivered();
        assertThat(header(after, "webhook-signature").split(" ", -1)).hasSize(1);
        assertThat(verifies(registered.secret(), after)).isFalse();
        assertThat(verifies(second, after)).isTrue();
    }

    @Test
    void theNewestKeySignsFirst() {
        Rotation rotation = rotate(RotationRequest.ofSecret());

        String signatures = header(delivered(), "webhook-signature");

        assertThat(rotation.keys()).hasSize(2);
        assertThat(rotation.keys().get(0).expiresAt()).isNull();
        assertThat(rotation.keys().get(1).expiresAt())
                .isEqualTo(node.clock.instant().plus(DAY));
        assertThat(node.view(registered).keyIds())
                .containsExactlyElementsOf(
                        rotation.keys().stream().map(Rotation.Key::id).toList());
        HttpCall call = node.receivers.to(Node.URL).get(0);
        Signatures newest = new Signatures(
                List.of(SignatureScheme.STANDARD_V1),
                List.of(SigningKey.parse(requireNonNull(rotation.secret()))),
                Signatures.STRIPE);
        Instant at = Instant.ofEpochSecond(Long.parseLong(header(call, "webhook-timestamp")));
        assertThat(signatures)
                .startsWith(requireNonNull(newest.headers(header(call, "webhook-id"), at, call.body())
                        .get("webhook-signature")));
    }

    @Test
    @Tag("C6")
    void anEleventhOlderKeyIsAConflictUntilOneHasExpiredOrAllAreDropped() {
        for (int i = 0; i < 10; i++) {
            rotate(RotationRequest.ofSecret());
        }
        assertThat(node.view(registered).keyIds()).hasSize(11);
        assertThatThrownBy(() -> rotate(RotationRequest.ofSecret()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(id)
                .hasMessageContaining("10 older keys");
        assertThat(node.view(registered).keyIds()).hasSize(11);

        node.jump(DAY);
        assertThat(rotate(RotationRequest.ofSecret()).keys()).hasSize(2);
        for (int i = 0; i < 9; i++) {
            rotate(RotationRequest.ofSecret());
        }
        assertThat(rotate(RotationRequest.ofSecret().grace(Duration.ZERO)).keys())
                .hasSize(1);
    }

    @Test
    void noGraceDropsEveryOlderSecretAtOnce() {
        rotate(RotationRequest.ofSecret().grace(Duration.ofDays(7)));
        String third = requireNonNull(
                rotate(RotationRequest.ofSecret().grace(Duration.ZERO)).secret());

        HttpCall call = delivered();

        assertThat(header(call, "webhook-signature").split(" ", -1)).hasSize(1);
        assertThat(verifies(third, call)).isTrue();
        assertThat(verifies(registered.secret(), call)).isFalse();
    }

    @Test
    void aSecretOfTheHostsIsTakenAndShownInNoText() {
        Rotation rotation = rotate(RotationRequest.ofSecret().to(Vectors.SECRET));

        assertThat(rotation.secret()).isEqualTo(Vectors.SECRET);
        assertThat(verifies(Vectors.SECRET, delivered())).isTrue();
        assertThat(rotation + " " + RotationRequest.ofSecret().to(Vectors.SECRET))
                .doesNotContain(Vectors.SECRET);
    }

    @Test
    @Tag("W10")
    void aMalformedKeyOrOneOfTheOtherKindIsRefused() {
        assertThatThrownBy(() -> RotationRequest.ofSecret().to("whsec_c2hvcnQ="))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> RotationRequest.ofKeyPair().to(Vectors.SECRET))
                .isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P7DT1S"})
    void aGraceOutsideOfAWeekIsRefused(Duration grace) {
        assertThatThrownBy(() -> RotationRequest.ofSecret().grace(grace)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("W9")
    void aKeyPairRotatesByItselfAndItsPublicKeysAreKnown() {
        Registered signed = node.webhooks.register(Endpoint.to(URI.create("https://pair.example.com/"))
                .ownedBy(Node.ALICE)
                .events("instance.*")
                .signedWith(SignatureScheme.STANDARD_V1A));
        String pairId = signed.endpoint().id();

        Rotation rotation = node.webhooks.rotateSecret(Node.ALICE, pairId, RotationRequest.ofKeyPair());
        List<PublicKey> keys = node.webhooks.publicKeys(Node.ALICE, pairId);
        node.publish("i-1");
        node.drive();

        assertThat(rotation.secret()).isNull();
        assertThat(rotation.keys())
                .extracting(Rotation.Key::kind)
                .containsExactly(Kind.ED25519, Kind.SECRET, Kind.ED25519);
        assertThat(keys)
                .extracting(PublicKey::id)
                .containsExactly(
                        rotation.keys().get(0).id(), rotation.keys().get(2).id());
        HttpCall call = node.receivers.to("https://pair.example.com/").get(0);
        assertThat(keys).allSatisfy(key -> {
            assertThat(key.whpk()).startsWith("whpk_");
            assertThat(key.jwk()).containsEntry("kty", "OKP").containsEntry("crv", "Ed25519");
            assertThat(verifies(key.whpk(), call)).isTrue();
        });
    }

    @Test
    void withoutAKeyPairThereIsNoneToRotateOrShow() {
        assertThatThrownBy(() -> rotate(RotationRequest.ofKeyPair()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("STANDARD_V1A");
        assertThat(node.webhooks.publicKeys(Node.ALICE, id)).isEmpty();
    }

    @Test
    void anotherOwnersKeysAreNotFoundAndWhatRollsBackLeavesTheFormerKey() {
        Owner eve = Owner.user("eve");
        assertThatThrownBy(() -> node.webhooks.rotateSecret(eve, id, RotationRequest.ofSecret()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.webhooks.publicKeys(eve, id)).isInstanceOf(NotFoundException.class);

        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    node.webhooks.rotateSecret(tx, Node.ALICE, id, RotationRequest.ofSecret());
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(node.view(registered)).isEqualTo(registered.endpoint());
    }

    @Test
    void aRotationMakesANewVersionSoThatAStaleChangeConflicts() {
        rotate(RotationRequest.ofSecret());

        assertThat(node.view(registered).version()).isEqualTo(2);
        assertThatThrownBy(() -> node.webhooks.update(Node.ALICE, id, 1, endpoint -> endpoint.description("stale")))
                .isInstanceOf(ConflictException.class);
    }
}
