package dev.matrix.security;

import dev.matrix.core.StorageException;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiCredentials;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import java.util.Set;

/** Tells callers of the API apart by their keys. */
record KeyAuthenticator(KeyCache keys) implements ApiAuthenticator {

    @Override
    public Authentication authenticate(ApiCredentials credentials) {
        String bearer = credentials.bearer();
        if (bearer == null || !keys.claims(bearer)) {
            return new Authentication.NotMine();
        }
        try {
            return answer(keys.check(bearer, Set.of()));
        } catch (StorageException e) {
            return new Authentication.Unavailable(e);
        }
    }

    private static Authentication answer(KeyCheck check) {
        if (check instanceof KeyCheck.Authenticated good) {
            ApiKey key = good.key();
            return new Authentication.Authenticated(new ApiPrincipal(key.id(), key.owner(), key.scopes(), null));
        }
        return new Authentication.Refused("API key: " + ((KeyCheck.Refused) check).why());
    }
}
