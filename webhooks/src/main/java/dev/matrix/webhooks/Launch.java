package dev.matrix.webhooks;

import java.time.Instant;

/**
 * A request about to begin: what is sent, as whom, and under which lease.
 *
 * @param token the lease's, by which the result is judged
 * @param pass the breaker's leave
 * @param at store time
 */
record Launch(Lane lane, Target target, long token, Ready ready, Breaker.Pass pass, Instant at) {}
