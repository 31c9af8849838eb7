package dev.matrix.tax;

import dev.matrix.core.spi.Tx;
import java.time.LocalDate;
import java.util.List;

/** Where sellers are registered, and from which turnover they should be. Thread-safe. */
public interface TaxRegistrations {

    /**
     * Adds one, or replaces the one of the same jurisdiction, scheme and first day.
     *
     * @throws dev.matrix.core.InvalidRequestException if the seller is unknown
     */
    void put(String sellerId, TaxRegistration registration);

    /** As {@link #put(String, TaxRegistration)}, in the caller's transaction. */
    void put(Tx tx, String sellerId, TaxRegistration registration);

    /**
     * Ends the open one in a jurisdiction.
     *
     * @param lastDay the last day on which it holds
     * @throws dev.matrix.core.NotFoundException if none is open there
     */
    void close(String sellerId, String jurisdiction, LocalDate lastDay);

    /** As {@link #close(String, String, LocalDate)}, in the caller's transaction. */
    void close(Tx tx, String sellerId, String jurisdiction, LocalDate lastDay);

    /**
     * Puts these in the place of all stored ones; those of the profile stay.
     *
     * @throws dev.matrix.core.InvalidRequestException if the seller is unknown, or two are of the same jurisdiction, scheme
     *     and first day
     */
    void replace(String sellerId, List<TaxRegistration> registrations);

    /** As {@link #replace(String, List)}, in the caller's transaction. */
    void replace(Tx tx, String sellerId, List<TaxRegistration> registrations);

    /** A seller's: those of its profile, then the stored ones; at most 15 s older than what other nodes have stored. */
    List<TaxRegistration> list(String sellerId);

    /** A seller's stored ones alone; as old as {@link #list}. */
    List<TaxRegistration> stored(String sellerId);

    /** The shipped thresholds; of US states without one of their own {@code US} speaks. */
    List<TaxThreshold> thresholds();
}
