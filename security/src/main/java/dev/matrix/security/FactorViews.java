package dev.matrix.security;

import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Secret;
import dev.matrix.core.wire.Size;
import dev.matrix.security.spi.TotpDeviceRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers get about second factors. */
final class FactorViews {

    private FactorViews() {}

    /** A device that awaits its first code. */
    record TotpSecretView(
            String deviceId,

            @Describe("In base 32; shown this once.") @Secret
            String secret,

            @Describe("What the QR code says.") @Secret @Length(max = 4_096)
            String uri,

            @Describe("The QR code, as an SVG image.") @Secret @Length(max = 200_000)
            String qrSvg,

            @Size(max = 10) List<String> warnings) {

        static TotpSecretView of(FactorChange.Enrolment made) {
            return new TotpSecretView(
                    made.deviceId(), made.secret(), made.uri(), made.qrCode().svg(), made.warnings());
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "TotpSecretView[" + deviceId + "]";
        }
    }

    /** A device. */
    record TotpDeviceView(
            String deviceId,
            String accountLabel,
            TotpDeviceRow.State state,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {

        static TotpDeviceView of(FactorDevice device) {
            return new TotpDeviceView(
                    device.id(), device.account(), device.state(), device.createdAt(), device.lastUsedAt());
        }
    }

    /** A code was right. */
    @ApiName("FactorVerification")
    record VerificationView(
            @Describe("A proof, good once within 5 minutes for changes of this person's factors.")
            String verificationId,

            Verification.Method method,
            int recoveryCodesLeft) {}

    /** New recovery codes. */
    record RecoveryCodesView(
            @Describe("Shown this once.") @Secret @Size(max = 10)
            List<String> codes) {

        /** Without the codes. */
        @Override
        public String toString() {
            return "RecoveryCodesView[" + codes.size() + "]";
        }
    }
}
