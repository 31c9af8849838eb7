package dev.matrix.security;

import dev.matrix.security.FactorChange.Enrolment;
import java.time.Instant;

/** An authenticator app with one account. */
final class AuthenticatorApp {

    final String deviceId;

    private final TotpCode codes;

    AuthenticatorApp(Enrolment enrolment) {
        this(enrolment.deviceId(), enrolment.secret());
    }

    AuthenticatorApp(String deviceId, String base32) {
        this.deviceId = deviceId;
        this.codes = new TotpCode(Base32.decode(base32), TotpAlgorithm.SHA1, 6, 30);
    }

    String code(Instant at) {
        return codes.at(codes.step(at));
    }
}
