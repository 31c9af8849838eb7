/**
 * Where addresses are: sources that answer from memory.
 *
 * <p>{@code MmdbGeoSource} watches files, {@code MmdbFile} reads one by MaxMind's reader (the only class that names it) into
 * ranges, and {@code GeoTable} joins the ranges of all into one table that look-ups search without any allocation.
 */
@NullMarked
package dev.matrix.security.geo;

import org.jspecify.annotations.NullMarked;
