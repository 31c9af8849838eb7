package dev.matrix.core.event;

/**
 * What a replay has queued.
 *
 * @param subscriber for whom
 * @param queued how many events were queued; those still waiting or failed for it were left as they are
 */
public record Replay(String subscriber, long queued) {}
