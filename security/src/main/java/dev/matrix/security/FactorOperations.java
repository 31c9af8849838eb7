package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.FactorRequests.BeginTotp;
import dev.matrix.security.FactorRequests.ListDevices;
import dev.matrix.security.FactorRequests.RemoveDevice;
import dev.matrix.security.FactorRequests.RenewCodes;
import dev.matrix.security.FactorRequests.VerifyCode;
import dev.matrix.security.FactorViews.RecoveryCodesView;
import dev.matrix.security.FactorViews.TotpDeviceView;
import dev.matrix.security.FactorViews.TotpSecretView;
import dev.matrix.security.FactorViews.VerificationView;
import dev.matrix.security.spi.TotpDeviceRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations on second factors. What judges a code, or takes long, keeps its own transactions, so that a guess is counted
 * whatever becomes of the reply.
 */
record FactorOperations(ApiArea area, SecondFactors factors) {

    private static final String PROOF = "proof_required";
    private static final String PROOF_TITLE = "A fresh proof of the second factor is required";
    private static final Owner OWNER = Owner.user("u_contract");
    private static final String DEVICE = "otp_01kdvdna009xkjgcjvmb5kf650";
    private static final String PROOF_ID = "prf_01kdvdna009xkjgcjvmb5kf651";
    private static final String URI = "otpauth://totp/Acme:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme"
            + "&algorithm=SHA1&digits=6&period=30";

    List<Operation<?, ?>> all() {
        return List.of(
                area.asking(
                                "factors",
                                Operation.post(
                                        "/v1/security/totp/secrets", BeginTotp.class, Reply.json(TotpSecretView.class)),
                                "beginTotp",
                                "Begins a person's authenticator app and shows its secret, this once.")
                        .byOwners()
                        .status(201)
                        .error(PROOF, 403, PROOF_TITLE)
                        .example(
                                "a first device",
                                new BeginTotp(OWNER, "alice", "Acme", "alice", TotpAlgorithm.SHA1, 6, 30, null),
                                new TotpSecretView(
                                        DEVICE, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", URI, "<svg/>", List.of()))
                        .handle(this::begin),
                area.asking(
                                "factors",
                                Operation.get(
                                        "/v1/security/totp/secrets",
                                        ListDevices.class,
                                        Reply.pageOf(TotpDeviceView.class)),
                                "listTotpDevices",
                                "Lists a person's authenticator apps.")
                        .byOwners()
                        .example(
                                "a person's",
                                new ListDevices(OWNER, "alice"),
                                new Page<>(
                                        List.of(new TotpDeviceView(
                                                DEVICE,
                                                "alice",
                                                TotpDeviceRow.State.ACTIVE,
                                                Instant.parse("2026-11-02T09:30:00Z"),
                                                null)),
                                        null))
                        .handle(this::list),
                area.asking(
                                "factors",
                                Operation.delete(
                                        "/v1/security/totp/secrets/{deviceId}", RemoveDevice.class, Reply.none()),
                                "removeTotpDevice",
                                "Removes an authenticator app; with the last one the recovery codes end.")
                        .byOwners()
                        .error(PROOF, 403, PROOF_TITLE)
                        .example("a device", new RemoveDevice(DEVICE, OWNER, "alice", PROOF_ID), null)
                        .handle(this::remove),
                area.asking(
                                "factors",
                                Operation.post(
                                        "/v1/security/totp/verifications",
                                        VerifyCode.class,
                                        Reply.json(VerificationView.class)),
                                "verifySecondFactor",
                                "Judges a code, once; confirms a device by its first.")
                        .byOwners()
                        .key(KeyMode.UNUSED)
                        .status(200)
                        .error("code_rejected", 422, "The code is wrong or was used")
                        .error("first_factor_required", 403, "The first factor comes first")
                        .error("locked", 423, "Too many codes were wrong")
                        .error("hard_locked", 403, "Far too many codes were wrong")
                        .example(
                                "a code",
                                new VerifyCode(OWNER, "alice", "123456", true, null),
                                new VerificationView(PROOF_ID, Verification.Method.TOTP, 10))
                        .handle(this::verify),
                area.asking(
                                "factors",
                                Operation.post(
                                        "/v1/security/recovery-codes",
                                        RenewCodes.class,
                                        Reply.json(RecoveryCodesView.class)),
                                "renewRecoveryCodes",
                                "Makes ten recovery codes and shows them, this once; former ones are void.")
                        .byOwners()
                        .key(KeyMode.UNUSED)
                        .status(201)
                        .error(PROOF, 403, PROOF_TITLE)
                        .example(
                                "a person's",
                                new RenewCodes(OWNER, "alice", PROOF_ID),
                                new RecoveryCodesView(List.of("0Q7T-9XKJ-GCJV", "1M3R-WY5H-2CDN")))
                        .handle(this::renew));
    }

    private static Subject subject(ApiContext context, @Nullable Owner owner, String id) {
        return new Subject(context.owner(owner), id);
    }

    private static ApiProblem unproved() {
        return ApiProblem.of(
                403,
                PROOF,
                "This needs proofId, the verificationId of a code of this person's, from the last 5 minutes and"
                        + " unused.");
    }

    private TotpSecretView begin(BeginTotp q, ApiContext context) {
        TotpOptions options = new TotpOptions(q.issuer(), q.accountLabel(), q.algorithm(), q.digits(), q.period());
        FactorChange change =
                factors.beginTotp(context.tx(), subject(context, q.owner(), q.subjectId()), options, q.proofId());
        if (change instanceof FactorChange.Enrolment made) {
            return TotpSecretView.of(made);
        }
        throw unproved();
    }

    private Page<TotpDeviceView> list(ListDevices q, ApiContext context) {
        List<FactorDevice> devices = factors.devices(subject(context, q.owner(), q.subjectId()));
        return new Page<>(devices.stream().map(TotpDeviceView::of).toList(), null);
    }

    @Nullable
    private Void remove(RemoveDevice q, ApiContext context) {
        Subject subject = subject(context, q.owner(), q.subjectId());
        if (factors.remove(context.tx(), subject, q.deviceId(), q.proofId()) instanceof FactorChange.ProofRequired) {
            throw unproved();
        }
        return null;
    }

    private VerificationView verify(VerifyCode q, ApiContext context) {
        Subject subject = subject(context, q.owner(), q.subjectId());
        Verification answer = q.deviceId() != null && q.firstFactorVerified()
                ? factors.confirmTotp(subject, q.deviceId(), q.code())
                : factors.verify(subject, q.code(), q.firstFactorVerified());
        if (answer instanceof Verification.Verified good) {
            return new VerificationView(good.id(), good.method(), good.recoveryCodesLeft());
        }
        throw refusal(answer, context.now());
    }

    private static ApiProblem refusal(Verification answer, Instant now) {
        if (answer instanceof Verification.Locked locked) {
            return ApiProblem.of(
                            423, "locked", "Too many codes were wrong; the next is looked at " + locked.until() + ".")
                    .retryAfter(Duration.between(now, locked.until()));
        }
        if (answer instanceof Verification.HardLocked) {
            return ApiProblem.of(403, "hard_locked", "Far too many codes were wrong; somebody has to unlock it.");
        }
        if (answer instanceof Verification.NotEnrolled) {
            return ApiProblem.of(404, "not_found", "The person has no second factor.");
        }
        if (answer instanceof Verification.FirstFactorRequired) {
            return ApiProblem.of(
                    403, "first_factor_required", "Prove the first factor, then send firstFactorVerified: true.");
        }
        return ApiProblem.of(422, "code_rejected", "The code is wrong, or was used before.");
    }

    private RecoveryCodesView renew(RenewCodes q, ApiContext context) {
        Subject subject = subject(context, q.owner(), q.subjectId());
        if (factors.renewRecoveryCodes(subject, q.proofId()) instanceof FactorChange.Codes made) {
            return new RecoveryCodesView(made.codes());
        }
        throw unproved();
    }
}
