package dev.matrix.analytics.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;

/**
 * Small numbers for customers and segments, dense from 1. Who numbers something new holds back others who do, until its transaction
 * ends; so number everything first, before customers or rollups are locked. A rolled-back number is given again.
 */
public interface AnalyticsDirectory {

    /** The numbers of those customers that have one. */
    Map<Owner, Integer> customers(Tx tx, Collection<Owner> owners);

    /** The customers' numbers, given to those that have none. */
    Map<Owner, Integer> numberCustomers(Tx tx, SortedSet<Owner> owners);

    /** All segments' keys by number. */
    Map<Integer, String> segments(Tx tx);

    /**
     * The segments' numbers, given to those that have none while there is room.
     *
     * @param keys at most 384 characters each
     * @param most once there are so many segments, no more are made; those that have no number are left out of the answer
     */
    Map<String, Integer> numberSegments(Tx tx, SortedSet<String> keys, int most);
}
