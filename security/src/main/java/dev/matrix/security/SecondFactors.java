package dev.matrix.security;

import dev.matrix.core.spi.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Second factors: codes of authenticator apps (TOTP, RFC 6238) and recovery codes. A person has at most 5 devices.
 *
 * <p>{@link #verify} and {@link #confirmTotp} commit before they answer, so that no rollback gives a guess back: call them
 * outside transactions. Thread-safe.
 */
public interface SecondFactors {

    /**
     * Begins a device; a former one that awaits its first code is replaced. A further device needs a proof.
     *
     * @param proofId the id of a {@link Verification.Verified}; null: none
     * @throws dev.matrix.core.ConflictException where the person has 5 devices
     */
    FactorChange beginTotp(Subject subject, TotpOptions options, @Nullable String proofId);

    /** As {@link #beginTotp(Subject, TotpOptions, String)}, in the caller's transaction. */
    FactorChange beginTotp(Tx tx, Subject subject, TotpOptions options, @Nullable String proofId);

    /**
     * Begins a device that already makes codes for this person on another platform; otherwise as {@link #beginTotp}. When it is
     * confirmed, codes of ten periods before and after are looked at, as its clock may be off.
     *
     * @param otpauthUri {@code otpauth://totp/…}, as authenticator apps export it
     * @throws dev.matrix.core.InvalidRequestException where it isn't exactly one TOTP device, or one that isn't known here: another
     *     algorithm than SHA1, SHA256 and SHA512, other than 6 to 8 digits, a period other than 15 to 60 s, a secret of less than 16 bytes
     */
    FactorChange importTotp(Subject subject, String otpauthUri, @Nullable String proofId);

    /** As {@link #importTotp(Subject, String, String)}, in the caller's transaction. */
    FactorChange importTotp(Tx tx, Subject subject, String otpauthUri, @Nullable String proofId);

    /**
     * Confirms a device by its first code; then it counts. Wrong codes are counted as by {@link #verify}.
     *
     * @throws dev.matrix.core.NotFoundException where none of that id awaits its first code
     */
    Verification confirmTotp(Subject subject, String deviceId, String code);

    /**
     * Judges a code of a device or a recovery code; spaces are ignored. A device's code counts one period before and after
     * its own, by the device's clock, whose drift is followed. 5 wrong ones in a row lock for 15 minutes, each further one
     * again; 50, of which one a day is forgotten, until {@link #unlock}.
     *
     * @param firstFactorVerified whether the caller has proved the first factor
     * @throws dev.matrix.core.StorageException where it can't be judged now; nothing was counted, unless the commit is in doubt
     * @throws IllegalStateException inside a transaction
     */
    Verification verify(Subject subject, String code, boolean firstFactorVerified);

    /** A person's devices. */
    List<FactorDevice> devices(Subject subject);

    /** Where a person's second factors stand. */
    FactorStatus status(Subject subject);

    /**
     * Removes a device; with the last one the recovery codes end.
     *
     * @throws dev.matrix.core.NotFoundException where the person has none of that id
     */
    FactorChange remove(Subject subject, String deviceId, @Nullable String proofId);

    /** As {@link #remove(Subject, String, String)}, in the caller's transaction. */
    FactorChange remove(Tx tx, Subject subject, String deviceId, @Nullable String proofId);

    /** Makes ten new recovery codes; former ones are void. It takes about half a second, so it has no form for a transaction. */
    FactorChange renewRecoveryCodes(Subject subject, @Nullable String proofId);

    /** Ends all of a person's second factors, for one who has lost them; the reason is for the records. */
    void reset(Subject subject, Actor admin, String reason);

    /** As {@link #reset(Subject, Actor, String)}, in the caller's transaction. */
    void reset(Tx tx, Subject subject, Actor admin, String reason);

    /** Forgets all wrong codes and ends every lock; the reason is for the records. */
    void unlock(Subject subject, Actor admin, String reason);

    /** As {@link #unlock(Subject, Actor, String)}, in the caller's transaction. */
    void unlock(Tx tx, Subject subject, Actor admin, String reason);
}
