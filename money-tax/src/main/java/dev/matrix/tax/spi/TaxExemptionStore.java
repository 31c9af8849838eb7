package dev.matrix.tax.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Certificates of exemption. */
public interface TaxExemptionStore {

    /**
     * A certificate as stored.
     *
     * @param lastDay null: open
     * @param json all of it
     */
    record ExemptionRow(
            String id, Owner holder, long version, @Nullable LocalDate lastDay, String json) {}

    void insert(Tx tx, ExemptionRow row);

    /** Changes the row only if id and {@code version - 1} both match; else returns false. */
    boolean replaceIfVersion(Tx tx, ExemptionRow row);

    Optional<ExemptionRow> find(Tx tx, String id);

    /** Deletes a certificate; nothing happens where there is none. */
    void delete(Tx tx, String id);

    /** All of one holder, in the order of ids. */
    List<ExemptionRow> of(Tx tx, Owner holder);

    /**
     * In the order of ids.
     *
     * @param holder null: of all
     * @param expiringBefore those whose last day is before this one; null: all
     */
    Page<ExemptionRow> page(Tx tx, @Nullable Owner holder, @Nullable LocalDate expiringBefore, PageRequest page);
}
