package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TOTP devices, and the guards against guessing. Whoever judges a code holds the person's guard to the commit. */
public interface SecondFactorStore {

    /** Locks the person's guard to the transaction's end, making it, without any failure, if need be. */
    FactorGuardRow lockGuard(Tx tx, Owner owner, String subjectId, Instant now);

    /** The person's guard as it is; takes no lock and makes none. */
    Optional<FactorGuardRow> guard(Tx tx, Owner owner, String subjectId);

    /** Writes a guard that this transaction has locked. */
    void saveGuard(Tx tx, FactorGuardRow row);

    /** Deletes a person's guard; without effect where there is none. */
    void deleteGuard(Tx tx, Owner owner, String subjectId);

    /** The person's devices in id order. */
    List<TotpDeviceRow> devices(Tx tx, Owner owner, String subjectId);

    /** Inserts a device. */
    void insert(Tx tx, TotpDeviceRow row);

    /** Writes a device if the stored version is {@code row.version() − 1}; else changes nothing and returns false. */
    boolean replaceIfVersion(Tx tx, TotpDeviceRow row);

    /** Deletes a device of that person; false where there is none. */
    boolean delete(Tx tx, Owner owner, String subjectId, String id);

    /** Devices in id order after {@code after} (null: from the first), to be sealed again. */
    List<TotpDeviceRow> after(Tx tx, @Nullable String after, int limit);
}
