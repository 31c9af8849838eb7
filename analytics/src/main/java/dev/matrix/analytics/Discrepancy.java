package dev.matrix.analytics;

/**
 * A rollup that isn't what the versions of all subscriptions make.
 *
 * @param cell which rollup, for people
 * @param stored what is stored
 * @param expected what a fresh computation gives
 */
public record Discrepancy(String cell, String stored, String expected) {}
