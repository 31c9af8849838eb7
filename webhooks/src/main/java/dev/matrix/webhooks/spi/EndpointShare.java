package dev.matrix.webhooks.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How many due rows of an endpoint are wanted.
 *
 * @param limit at most this many
 * @param perSubject of rows routed PER_SUBJECT only those of whose subject no open one to this endpoint has a lower event id
 * @param inHand ids of rows that aren't wanted, as the caller has them
 */
public record EndpointShare(String endpointId, int limit, boolean perSubject, Set<String> inHand) {

    public EndpointShare {
        inHand = Set.copyOf(inHand);
    }

    /** A share of a node that holds nothing yet. */
    public EndpointShare(String endpointId, int limit, boolean perSubject) {
        this(endpointId, limit, perSubject, Set.of());
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
