package dev.matrix.core.api;

import java.util.List;

/** Tells who calls. Called by any number of threads; at most one indexed read, and bad input never throws. */
@FunctionalInterface
public interface ApiAuthenticator {

    /** Answers for these credentials. */
    Authentication authenticate(ApiCredentials credentials);

    /** Asks each in turn; the first answer but {@link Authentication.NotMine} counts, and none is a refusal. */
    static ApiAuthenticator firstOf(ApiAuthenticator... chain) {
        List<ApiAuthenticator> all = List.of(chain);
        return credentials -> {
            for (ApiAuthenticator each : all) {
                Authentication answer = each.authenticate(credentials);
                if (!(answer instanceof Authentication.NotMine)) {
                    return answer;
                }
            }
            return new Authentication.Refused("no authenticator knows credentials of this kind");
        };
    }
}
