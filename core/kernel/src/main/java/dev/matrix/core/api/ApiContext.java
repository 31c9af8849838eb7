package dev.matrix.core.api;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of an operation, for its handler; valid on its thread until the handler returns. */
public interface ApiContext {

    /**
     * Who calls.
     *
     * @throws IllegalStateException in an anonymous operation
     */
    ApiPrincipal principal();

    /**
     * Whom the call is for: the caller's own owner if none is named or it is its own; any named one for an operator.
     *
     * @throws ApiProblem 404 for another's owner, 400 if an operator names none
     */
    Owner owner(@Nullable Owner named);

    /** As {@link #owner(Owner)}, by the members ownerType ({@code user}, {@code partner}) and ownerId; one alone is a 400. */
    Owner owner(@Nullable String type, @Nullable String id);

    /**
     * Whose rows a listing or a look-up by id may show: empty for an operator that names nobody, else as {@link #owner(Owner)}.
     *
     * @throws ApiProblem 404 for another's owner
     */
    Optional<Owner> ownerFilter(@Nullable Owner named);

    /**
     * The transaction that commits with the reply: every write of the handler goes through it. Open in POST and PATCH except for
     * {@link KeyMode#UNUSED}, in PUT and DELETE; a status of 400 or above rolls it back.
     *
     * @throws IllegalStateException in GET and UNUSED, whose handlers keep transactions of their own
     */
    Tx tx();

    /** The transaction of {@link #tx()}; empty in GET and UNUSED. */
    Optional<Tx> openTx();

    /** Store time at the start of the call. */
    Instant now();

    /** The caller's idempotency key, its form checked. */
    Optional<String> idempotencyKey();

    /** The ETag of {@code If-Match}, without quotes; empty without that header or for {@code *}. */
    Optional<String> ifMatch();

    /**
     * Refuses a stale {@code If-Match}: call it with the row's version, read in {@link #tx()}, before the guarded write.
     *
     * @param current what the operation's {@code etag} gives for the stored row
     * @throws ApiProblem 412 if the request has an If-Match of another version
     */
    void requireVersion(String current);

    /** The version that the caller speaks; requests and replies of handlers have the newest shape nevertheless. */
    ApiVersion version();

    /** The request's id, as in the header {@code Request-Id}. */
    String requestId();

    /** The body's bytes; empty unless the operation has {@link Operation.Draft#rawBody()}. */
    byte[] rawBody();

    /** The request's headers, where signatures of raw bodies are; empty unless the operation has {@link Operation.Draft#rawBody()}. */
    ApiHeaders headers();

    /** The caller's network address, as the host's {@code clientAddress} finds it. */
    String clientAddress();

    /** Replaces the operation's status: 200 to 299. */
    void status(int status);

    /** Adds a header to the reply. */
    void header(String name, String value);

    /** Marks the reply as a repeated one, {@code Idempotent-Replayed: true}: for features that keep keys themselves. */
    void replayed();
}
