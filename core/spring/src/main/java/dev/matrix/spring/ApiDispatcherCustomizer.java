package dev.matrix.spring;

import dev.matrix.core.api.ApiDispatcherBuilder;

/** A bean that has the last word on how the HTTP API is wired; several are called in the order of {@code @Order}. */
@FunctionalInterface
public interface ApiDispatcherCustomizer {

    /** Changes the builder, which has the application's modules, authenticator, guard, limiter and listeners. */
    void customize(ApiDispatcherBuilder api);
}
