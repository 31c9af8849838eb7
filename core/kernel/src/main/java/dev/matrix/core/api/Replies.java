package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Page;
import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.wire.ApiVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the body of one reply, in the caller's version, and the headers that speak of it. */
record Replies(Wiring wiring, Admitted admitted) {

    private CompiledOperation<?, ?> operation() {
        return admitted.operation();
    }

    /** Encodes what a handler returned; adds its type and ETag. */
    ApiBody body(@Nullable Object value, @Nullable KeyUse use, List<Line> lines) {
        Reply<?> alternative = operation().reply().alternativeOf(value);
        if (alternative == null) {
            throw new IllegalStateException(operation().operation() + " returned "
                    + (value == null ? "null" : value.getClass().getName()) + ", which isn't its reply.");
        }
        String etag = operation().etagOf(value);
        if (etag != null) {
            lines.add(new Line("ETag", '"' + etag + '"'));
        }
        if (value instanceof ApiContent content) {
            lines.add(new Line("Content-Type", content.mediaType()));
            return content.body();
        }
        if (value == null) {
            return ApiBody.empty();
        }
        lines.add(new Line("Content-Type", ReplyPlan.JSON));
        Object sent = value instanceof Page<?> page ? sealed(page, use, lines) : value;
        return ApiBody.of(lowered(encoded(alternative, sent), alternative));
    }

    /** A reply without JSON form is the handler's fault, not the caller's. */
    private byte[] encoded(Reply<?> alternative, Object value) {
        try {
            return operation().reply().encode(alternative, value);
        } catch (InvalidJsonException e) {
            throw new IllegalStateException("The reply of " + operation().operation() + " has no JSON form.", e);
        }
    }

    private Page<?> sealed(Page<?> page, @Nullable KeyUse use, List<Line> lines) {
        String position = page.nextCursor();
        if (position == null || use == null) {
            return page;
        }
        String cursor = wiring.cursors().seal(use, position);
        lines.add(new Line("Link", "<" + wiring.link(nextTarget(cursor)) + ">; rel=\"next\""));
        return new Page<>(page.items(), cursor);
    }

    private String nextTarget(String cursor) {
        String query = admitted.request().rawQuery();
        StringBuilder target = new StringBuilder(admitted.request().rawPath()).append('?');
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (!pair.isEmpty() && !pair.startsWith("cursor=")) {
                    target.append(pair).append('&');
                }
            }
        }
        return target.append("cursor=").append(cursor).toString();
    }

    private byte[] lowered(byte[] newest, Reply<?> alternative) {
        Schema schema = requireNonNull(operation().reply().schemaOf(alternative), "JSON replies have schemas");
        ApiVersion version = admitted.version();
        byte[] sent = operation().isEdited(version)
                ? wiring.codec().write(wiring.shelf().lower(wiring.codec().parse(newest), version, schema))
                : newest;
        if (wiring.checkReplies()) {
            SchemaCheck check = new SchemaCheck(wiring.shelf().terms(version, Direction.OUT));
            check.check(wiring.codec().parse(sent), schema);
            if (!check.errors().isEmpty()) {
                throw new IllegalStateException(
                        "The reply of " + operation().operation() + " doesn't fit its schema: " + check.errors());
            }
        }
        return sent;
    }

    /** Adds where a created thing can be read. */
    List<Line> linked(Call call, @Nullable Object value, List<Line> lines) {
        boolean created = call.statusOr(operation().operation().status()) == 201;
        if (created
                && operation().links()
                && value != null
                && lines.stream().noneMatch(line -> line.name().equals("Location"))) {
            String id = RecordId.of(value);
            if (id != null) {
                lines.add(new Line("Location", wiring.link(admitted.request().rawPath() + "/" + id)));
            }
        }
        return lines;
    }
}
