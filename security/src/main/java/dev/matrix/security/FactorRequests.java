package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Secret;
import org.jspecify.annotations.Nullable;

/** What callers send about second factors. */
final class FactorRequests {

    private static final String PROOF = "A verificationId of this person, of the last 5 minutes, unused.";

    private FactorRequests() {}

    record BeginTotp(
            @Nullable Owner owner,
            @Length(min = 1, max = 128) String subjectId,

            @Describe("The platform's name, as the authenticator app shows it; no colon.") @Length(min = 1, max = 128)
            String issuer,

            @Describe("Whose account it is, as the app shows it; no colon.") @Length(min = 1, max = 128)
            String accountLabel,

            @Default("sha1") TotpAlgorithm algorithm,
            @Default("6") @Range(min = 6, max = 8) int digits,

            @Describe("How many seconds a code counts.") @Default("30") @Range(min = 15, max = 60)
            int period,

            @Describe("Needed for a further device. " + PROOF) @Nullable
            String proofId) {}

    record ListDevices(
            @Nullable Owner owner,
            @Length(min = 1, max = 128) String subjectId) {}

    record RemoveDevice(
            String deviceId,
            @Nullable Owner owner,
            @Length(min = 1, max = 128) String subjectId,

            @Describe(PROOF) @Nullable String proofId) {}

    record VerifyCode(
            @Nullable Owner owner,
            @Length(min = 1, max = 128) String subjectId,

            @Describe("Of a device, or a recovery code.") @Secret @Length(min = 1, max = 64)
            String code,

            @Describe("Whether the caller has proved the first factor; else nothing is looked at.")
            boolean firstFactorVerified,

            @Describe("The device that is confirmed by its first code; none: any code of the person.") @Nullable
            String deviceId) {

        /** Without the code. */
        @Override
        public String toString() {
            return "VerifyCode[" + subjectId + "]";
        }
    }

    record RenewCodes(
            @Nullable Owner owner,
            @Length(min = 1, max = 128) String subjectId,

            @Describe(PROOF) String proofId) {}
}
