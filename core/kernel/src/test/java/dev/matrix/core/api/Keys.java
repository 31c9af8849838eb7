package dev.matrix.core.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An authenticator over a map of keys. */
final class Keys implements ApiAuthenticator {

    private final Map<String, ApiPrincipal> principals = new ConcurrentHashMap<>();

    Keys with(String key, ApiPrincipal principal) {
        principals.put(key, principal);
        return this;
    }

    @Override
    public Authentication authenticate(ApiCredentials credentials) {
        String key = credentials.bearer();
        if (key == null) {
            return new Authentication.Refused("no key");
        }
        if (key.equals("outage")) {
            return new Authentication.Unavailable(new IllegalStateException("the key store is away"));
        }
        ApiPrincipal known = principals.get(key);
        return known == null ? new Authentication.Refused("unknown key") : new Authentication.Authenticated(known);
    }
}
