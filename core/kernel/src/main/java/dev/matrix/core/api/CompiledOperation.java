package dev.matrix.core.api;

import dev.matrix.core.wire.ApiVersion;
import org.jspecify.annotations.Nullable;

/**
 * An operation ready to run.
 *
 * @param operation the description
 * @param request how its record comes about
 * @param reply how its result goes out
 * @param rate what it counts against
 * @param removed the first version without it; null: none
 * @param since versions before this one need their requests and replies edited; null: none does
 * @param links the route of a GET of what this operation creates, for Location; null: none
 */
record CompiledOperation<Q extends Record, R>(
        Operation<Q, R> operation,
        RequestPlan request,
        ReplyPlan reply,
        RatePolicy rate,
        @Nullable ApiVersion removed,
        @Nullable ApiVersion since,
        boolean links) {

    boolean isEdited(ApiVersion version) {
        return since != null && version.compareTo(since) < 0;
    }

    boolean writes() {
        return !operation.method().equals("GET");
    }

    /** Whether the dispatcher opens a transaction for the handler. */
    boolean transactional() {
        return switch (operation.method()) {
            case "PUT", "DELETE" -> true;
            case "POST", "PATCH" -> operation.key() != KeyMode.UNUSED;
            default -> false;
        };
    }

    /** Whether a key makes it run once, by the dispatcher. */
    boolean runsOnce() {
        return transactional() && (operation.key() == KeyMode.OPTIONAL || operation.key() == KeyMode.REQUIRED);
    }

    @Nullable
    Object run(Object bound, ApiContext context) {
        return operation.run(operation.request().cast(bound), context);
    }

    @SuppressWarnings("unchecked")
    @Nullable
    String etagOf(@Nullable Object value) {
        return value == null || !operation.hasEtag() ? null : operation.etagOf((R) value);
    }
}
