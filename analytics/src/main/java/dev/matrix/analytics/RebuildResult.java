package dev.matrix.analytics;

/**
 * What a rebuild did.
 *
 * @param customers how many customers were computed
 * @param cells how many rollup rows were written
 */
public record RebuildResult(long customers, long cells) {}
