package dev.matrix.webhooks.spi;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How many due rows of an endpoint are wanted.
 *
 * @param limit at most this many, rows already in hand included
 * @param perSubject only rows of whose subject no open delivery to this endpoint has a lower event id
 */
public record EndpointShare(String endpointId, int limit, boolean perSubject) {

    /**
     * At most {@code limit} rows: a RETRYING and a QUEUED one in turn, each kind in its order, so that neither waits for
     * the end of the other. An endpoint that always has a backlog gets its retries, and one that always has retries its
     * news.
     */
    public <T> List<T> inTurn(List<T> retrying, List<T> queued) {
        List<T> rows = new ArrayList<>();
        Iterator<T> turn = retrying.iterator();
        Iterator<T> next = queued.iterator();
        while (rows.size() < limit && (turn.hasNext() || next.hasNext())) {
            Iterator<T> other = next;
            if (turn.hasNext()) {
                rows.add(turn.next());
            }
            next = turn;
            turn = other;
        }
        return rows;
    }
}
