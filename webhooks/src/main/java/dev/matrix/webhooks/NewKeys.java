package dev.matrix.webhooks;

import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the keys that endpoints get: their owners' own, or random ones. */
record NewKeys(Ids ids, RandomGenerator random) {

    /** The key that was given, or a random one. */
    SigningKey key(SigningKey.Kind kind, @Nullable String given) {
        return given == null ? SigningKey.generate(kind, random) : SigningKey.parse(kind, given);
    }

    /** That key's row, sealed, under a new id. */
    EndpointKeyRow row(EndpointForm form, Owner owner, String endpointId, SigningKey key) {
        return form.seal(owner, endpointId, new EndpointKeys.Key(ids.next("whk"), key, null));
    }
}
