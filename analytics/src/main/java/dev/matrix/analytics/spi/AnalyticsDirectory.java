package dev.matrix.analytics.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Small numbers for customers, names and segments, dense from 1. Who numbers something new holds back others who do, until its transaction
 * ends; so number everything first, before customers or rollups are locked. A rolled-back number is given again.
 */
public interface AnalyticsDirectory {

    /** The numbers of those customers that have one. */
    Map<Owner, Integer> customers(Tx tx, Collection<Owner> owners);

    /** The customers' numbers, given to those that have none. */
    Map<Owner, Integer> numberCustomers(Tx tx, SortedSet<Owner> owners);

    /** Customers by number, after one, at most so many. */
    Map<Integer, Owner> customersAfter(Tx tx, int after, int limit);

    /** Whose numbers these are, as far as they are given. */
    Map<Integer, Owner> owners(Tx tx, Collection<Integer> customers);

    /**
     * Gives a customer's number to another owner, who has none; the former owner has none then. Call it with the customer locked.
     *
     * @return the number; empty, and nothing is changed, if the owner has none
     */
    OptionalInt rename(Tx tx, Owner customer, Owner pseudonym);

    /** The names of these numbers, as far as they are given. */
    Map<Integer, String> names(Tx tx, Collection<Integer> numbers);

    /** The numbers of those names that have one. */
    Map<String, Integer> nameNumbers(Tx tx, Collection<String> names);

    /**
     * The names' numbers, given to those that have none.
     *
     * @param names each at most 128 characters, with the number of the customer that brings it in
     * @param most a customer who brought in so many brings in no more; names that have no number are left out of the answer
     */
    Map<String, Integer> numberNames(Tx tx, SortedMap<String, Integer> names, int most);

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
