package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Page;
import java.util.List;

/**
 * What an operation answers with when it succeeds.
 *
 * @param <R> what its handler returns
 */
public sealed interface Reply<R> {

    /** A record, or a sealed interface of records, as JSON. */
    static <R> Reply<R> json(Class<R> type) {
        return new Json<>(requireNonNull(type, "type"));
    }

    /**
     * A page of records as {@code {items, nextCursor}}. The request record has {@code int limit} and {@code @Nullable String
     * cursor}; the handler sees the store's own cursor in both directions, callers see it sealed. Without the two it is a list
     * that always fits one page.
     */
    static <T> Reply<Page<T>> pageOf(Class<T> item) {
        return new Paged<>(requireNonNull(item, "item"));
    }

    /** No body, status 204 unless the operation says another; its handler returns null. */
    static Reply<Void> none() {
        return new None();
    }

    /** Bytes of one of these media types. */
    static Reply<ApiContent> media(String... types) {
        return new Media(List.of(types));
    }

    /** One of several replies, by what the handler returns: JSON of several types, or JSON and media. */
    static Reply<Object> either(Reply<?>... replies) {
        return new Either(List.of(replies));
    }

    /** See {@link Reply#json}. */
    record Json<R>(Class<R> type) implements Reply<R> {}

    /** See {@link Reply#pageOf}. */
    record Paged<T>(Class<T> item) implements Reply<Page<T>> {}

    /** See {@link Reply#none}. */
    record None() implements Reply<Void> {}

    /** See {@link Reply#media}. */
    record Media(List<String> types) implements Reply<ApiContent> {}

    /** See {@link Reply#either}. */
    record Either(List<Reply<?>> replies) implements Reply<Object> {}
}
