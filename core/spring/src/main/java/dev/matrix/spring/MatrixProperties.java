package dev.matrix.spring;

import dev.matrix.jooq.SchemaMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Matrix is wired.
 *
 * @param key the key-encryption key, {@code id:base64} of 32 random bytes; without it the environment variable MATRIX_KEK is read
 * @param schema what opening the storage does about its tables: create the missing ones, validate them, or nothing
 * @param node this node's name in leases; random by default
 * @param eventRetention how long events are kept
 * @param api the HTTP API
 */
@ConfigurationProperties("matrix")
public record MatrixProperties(
        @Nullable String key,
        @DefaultValue("create") SchemaMode schema,
        @Nullable String node,
        @DefaultValue("90d") Duration eventRetention,
        @DefaultValue Api api) {

    /**
     * The HTTP API.
     *
     * @param path where it is mounted below the context path; begins with a slash and doesn't end with one
     */
    public record Api(@DefaultValue("/billing") String path) {}
}
