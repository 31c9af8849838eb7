package dev.matrix.core.event;

/**
 * What became of one published event.
 *
 * @param eventId its id; of a duplicate, the first one's
 * @param duplicate true when the same event had been published before: then nothing was written and nobody was told
 */
public record Published(String eventId, boolean duplicate) {}
