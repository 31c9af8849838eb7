package dev.matrix.webhooks.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many due rows of an endpoint are wanted.
 *
 * @param limit at most this many, rows already in hand included
 * @param perSubject only rows of whose subject no open delivery to this endpoint has a lower event id
 * @param after QUEUED rows with a higher id than this; null: all
 */
public record EndpointShare(
        String endpointId,
        int limit,
        boolean perSubject,
        @Nullable String after) {

    /** A share from the first row on. */
    public EndpointShare(String endpointId, int limit, boolean perSubject) {
        this(endpointId, limit, perSubject, null);
    }

    /**
     * At most {@code limit} rows: a RETRYING and a QUEUED one in turn, each kind in its order, so that neither waits for
     * the end of the other. An endpoint that always has a backlog gets its retries, and one that always has retries its
     * news.
     */
    public <T> List<T> inTurn(List<T> retrying, List<T> queued) {
        List<T> rows = new ArrayList<>();
        for (int turn = 0; turn < Math.max(retrying.size(), queued.size()); turn++) {
            if (turn < retrying.size()) {
                rows.add(retrying.get(turn));
            }
            if (turn < queued.size()) {
                rows.add(queued.get(turn));
            }
        }
        return rows.subList(0, Math.min(limit, rows.size()));
    }
}
