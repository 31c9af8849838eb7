package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.ADA;
import static dev.matrix.webhooks.spi.Story.BOB;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.spi.EndpointSecretStore.Kind;
import dev.matrix.webhooks.spi.EndpointSecretStore.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EndpointSecretStore} promises (security.md, K4). */
@Tag("K4")
public interface EndpointSecretStoreContract extends StoreContract {

    private static EndpointKeyRow key(String id, String endpointId, int sealed) {
        return new EndpointKeyRow(id, endpointId, SigningKey.Kind.SECRET, new byte[] {(byte) sealed, 0, -1}, null);
    }

    private static StoreUnderTest<EndpointSecretStore> secrets(Story story) {
        story.endpoints().run((tx, store) -> {
            store.insert(tx, endpoint("e1", ADA), List.of(key("k3", "e1", 3), key("k1", "e1", 1)));
            store.insert(tx, endpoint("e2", BOB), List.of(key("k2", "e2", 2)));
        });
        return new StoreUnderTest<>(story.endpoints().stores(), EndpointSecretStore.class);
    }

    private static List<Secret> after(
            StoreUnderTest<EndpointSecretStore> secrets, Kind kind, @Nullable String after, int limit) {
        return secrets.get((tx, store) -> store.after(tx, kind, after, limit));
    }

    @Test
    default void everySecretIsWalkedInIdOrderWithItsOwner() {
        StoreUnderTest<EndpointSecretStore> secrets = secrets(Story.of(this));

        assertThat(after(secrets, Kind.KEY, null, 2))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new Secret(Kind.KEY, "k1", ADA, new byte[] {1, 0, -1}),
                        new Secret(Kind.KEY, "k2", BOB, new byte[] {2, 0, -1}));
        assertThat(after(secrets, Kind.KEY, "k2", 2)).extracting(Secret::id).containsExactly("k3");
        assertThat(after(secrets, Kind.HEADERS, null, 9))
                .extracting(Secret::id, Secret::owner)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("e1", ADA), org.assertj.core.groups.Tuple.tuple("e2", BOB));
    }

    @Test
    default void aSecretIsReplacedOnlyWhileItIsAsItWasRead() {
        Story story = Story.of(this);
        StoreUnderTest<EndpointSecretStore> secrets = secrets(story);
        for (Kind kind : Kind.values()) {
            Secret read = after(secrets, kind, null, 1).get(0);
            byte[] anew = {9, 9};

            assertThat(secrets.<Boolean>get((tx, store) -> store.replaceIfSame(tx, read, anew)))
                    .isTrue();
            assertThat(secrets.<Boolean>get((tx, store) -> store.replaceIfSame(tx, read, new byte[] {8})))
                    .isFalse();
            assertThat(after(secrets, kind, null, 1).get(0).sealed()).isEqualTo(anew);
        }
        assertThat(story.version(ADA)).as("no route has changed").isEqualTo(1);
        var loaded = story.endpoints().get((tx, store) -> store.load(tx, List.of("e1"), at(0)));
        assertThat(loaded.get(0).row().version()).isEqualTo(1);
        assertThat(loaded.get(0).row().sealedHeaders()).isEqualTo(new byte[] {9, 9});
    }
}
