package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.Operation.Draft;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of one area of the API share: their tag and scopes, the transaction that they read in, and who may see
 * what. Versions are checked by {@link Draft#etag} and {@link ApiContext#requireVersion}. Immutable.
 */
public final class ApiArea {

    private final String name;
    private final Transactions transactions;

    private ApiArea(String name, Transactions transactions) {
        this.name = requireNonNull(name, "name");
        this.transactions = requireNonNull(transactions, "transactions");
    }

    /**
     * An area.
     *
     * @param name the tag, and the first word of the scopes: {@code [a-z][a-z0-9-]*}
     * @param transactions of the stores that its operations read
     */
    public static ApiArea of(String name, Transactions transactions) {
        return new ApiArea(name, transactions);
    }

    /** Describes an operation that reads: callers need {@code NAME:read}. */
    public <Q extends Record, R> Draft<Q, R> reading(Draft<Q, R> draft, String id, String summary) {
        return asking("read", draft, id, summary);
    }

    /**
     * Describes an operation that writes: callers need {@code NAME:write}. Say {@link Draft#byOwners} or {@link
     * Draft#byOperators} too.
     */
    public <Q extends Record, R> Draft<Q, R> writing(Draft<Q, R> draft, String id, String summary) {
        return asking("write", draft, id, summary);
    }

    /**
     * Describes an operation of an area that tells more apart than reading and writing: callers need {@code NAME:VERB}. Say {@link
     * Draft#byOwners} or {@link Draft#byOperators} too.
     *
     * @param verb {@code [a-z][a-z0-9-]*}
     */
    public <Q extends Record, R> Draft<Q, R> asking(String verb, Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag(name).summary(summary).scope(name + ":" + verb);
    }

    /** Works in the call's transaction where it has one, so that it sees what the call has written; else in one of its own. */
    public <T extends @Nullable Object> T within(ApiContext context, Function<Tx, T> work) {
        Tx open = context.openTx().orElse(null);
        return open == null ? transactions.returning(work) : work.apply(open);
    }

    /**
     * Whom a call by an id alone is for: the caller's own owner, or for an operator the owner that the row names.
     *
     * @param what the kind of row, for the message
     * @param ofRow finds the row's owner; only asked for operators
     * @throws NotFoundException when an operator names a row that doesn't exist
     */
    public Owner owner(ApiContext context, String what, String id, Function<Tx, Optional<Owner>> ofRow) {
        return context.ownerFilter(null).orElseGet(() -> within(context, ofRow).orElseThrow(() -> missing(what, id)));
    }

    /**
     * A row, if the caller may see it. Another owner's is not found, as if it did not exist.
     *
     * @param what the kind of row, for the message
     * @throws NotFoundException when there is no row, or none that the caller may see
     */
    public <T> T visible(
            ApiContext context, String what, String id, Optional<T> row, Function<? super T, Owner> owner) {
        return row.filter(found -> context.principal().mayActFor(owner.apply(found)))
                .orElseThrow(() -> missing(what, id));
    }

    /**
     * Refuses a part of an operation to all but operators; what is theirs alone as a whole says {@link Draft#byOperators}.
     *
     * @param act what only an operator does, as "may override what the rules say"
     * @throws ApiProblem 403 {@code access_denied}
     */
    public void requireOperator(ApiContext context, String act) {
        if (!context.principal().operator()) {
            throw Problems.operatorsOnly("Only an operator " + act + ".");
        }
    }

    private static NotFoundException missing(String what, String id) {
        return new NotFoundException("No " + what + " " + id + ".");
    }
}
