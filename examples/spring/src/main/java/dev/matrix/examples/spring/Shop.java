package dev.matrix.examples.spring;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A shop with the starter: one bean says who may call the API, one property gives the key that seals secrets. */
@SpringBootApplication
public class Shop {

    /** For the trial one token is the operator's. A real host asks its own users, or matrix-security's API keys. */
    @Bean
    ApiAuthenticator callers() {
        return credentials -> "operator".equals(credentials.bearer())
                ? new Authentication.Authenticated(new ApiPrincipal(
                        "operator",
                        Owner.platform(),
                        Set.of(ApiPrincipal.OPERATE, "webhooks:read", "webhooks:write", "events:read"),
                        null))
                : new Authentication.NotMine();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }
}
