package dev.matrix.core.api;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.ApiVersion;
import org.jspecify.annotations.Nullable;

/**
 * One exchange, without its body, raw path, query and address.
 *
 * @param operation the operation's id; null: none was found
 * @param method of the request if it is a known one, else {@code OTHER}
 * @param route the route template; null: none was found
 * @param status of the reply
 * @param code of the problem; null: it is none
 * @param nanos from the request's arrival to the finished reply
 * @param bytesIn of the body read
 * @param bytesOut of the reply's body; −1: streamed, unknown
 * @param requestId as in {@code Request-Id}
 * @param principal its id; null: none was authenticated
 * @param account the principal's owner; null as that
 * @param version the version spoken; null: it wasn't settled
 * @param replayed whether the reply is a stored one
 * @param deprecated whether operation or version are deprecated
 */
public record ApiExchange(
        @Nullable String operation,
        String method,
        @Nullable String route,
        int status,
        @Nullable String code,
        long nanos,
        long bytesIn,
        long bytesOut,
        String requestId,
        @Nullable String principal,
        @Nullable Owner account,
        @Nullable ApiVersion version,
        boolean replayed,
        boolean deprecated) {}
