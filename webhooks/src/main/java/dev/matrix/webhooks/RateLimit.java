package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;

/**
 * At most how fast an endpoint is sent to, over all nodes: any t seconds hold at most {@code perSecond × t + burst}.
 *
 * @param perSecond 1 to 10,000
 * @param burst 1 to 10,000
 */
public record RateLimit(int perSecond, int burst) {

    private static final int MOST = 10_000;

    public RateLimit {
        if (perSecond < 1 || perSecond > MOST || burst < 1 || burst > MOST) {
            throw new InvalidRequestException("A rate and its burst are 1 to " + MOST + "; " + perSecond
                    + " a second with" + " a burst of " + burst + " is not.");
        }
    }
}
