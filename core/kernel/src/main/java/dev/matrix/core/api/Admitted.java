package dev.matrix.core.api;

import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that may run its operation: who asks for what, and in which version.
 *
 * @param body not read yet
 * @param principal null: the operation is for anybody, and nobody was authenticated
 * @param path the values of the route's variables, in order
 */
record Admitted(
        ApiRequest request,
        RequestBody body,
        String requestId,
        Instant now,
        String clientAddress,
        @Nullable ApiPrincipal principal,
        ApiVersion version,
        CompiledOperation<?, ?> operation,
        List<String> path) {}
