package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A TOTP device as it is stored.
 *
 * @param id {@code otp_…}
 * @param account what its authenticator app shows
 * @param algorithm as text, as a newer node may write one that this node doesn't know
 * @param sealed its secret, sealed
 * @param lastStep the latest step of time whose code was accepted; only later ones are
 * @param drift by how many steps the device's clock is ahead
 * @param version raised by each change
 */
public record TotpDeviceRow(
        String id,
        Owner owner,
        String subjectId,
        String account,
        String algorithm,
        int digits,
        int periodSeconds,
        byte[] sealed,
        State state,
        long lastStep,
        int drift,
        long version,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    /** Life of a device. */
    public enum State {
        /** Its first code is awaited. */
        PENDING,
        /** As PENDING, of a device that comes from another platform: its clock may be off. */
        IMPORTED,
        /** It counts. */
        ACTIVE
    }

    /** This row after one of its codes was accepted. */
    public TotpDeviceRow accepted(long step, int newDrift, Instant at) {
        return new TotpDeviceRow(
                id,
                owner,
                subjectId,
                account,
                algorithm,
                digits,
                periodSeconds,
                sealed,
                State.ACTIVE,
                step,
                newDrift,
                version + 1,
                createdAt,
                at);
    }

    /** This row with earlier steps void. */
    public TotpDeviceRow burnt(long step) {
        return new TotpDeviceRow(
                id,
                owner,
                subjectId,
                account,
                algorithm,
                digits,
                periodSeconds,
                sealed,
                state,
                Math.max(step, lastStep),
                drift,
                version + 1,
                createdAt,
                lastUsedAt);
    }

    /** This row with its secret sealed again. */
    public TotpDeviceRow sealed(byte[] again) {
        return new TotpDeviceRow(
                id,
                owner,
                subjectId,
                account,
                algorithm,
                digits,
                periodSeconds,
                again,
                state,
                lastStep,
                drift,
                version + 1,
                createdAt,
                lastUsedAt);
    }
}
