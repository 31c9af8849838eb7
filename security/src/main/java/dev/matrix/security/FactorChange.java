package dev.matrix.security;

import java.util.List;

/** What came of a change of a person's second factors. */
public sealed interface FactorChange {

    /**
     * A device awaits its first code, for 15 minutes. This is the only time that its secret is shown.
     *
     * @param secret in base 32, to be typed where the QR code can't be scanned
     * @param uri {@code otpauth://totp/…}, what the QR code says
     * @param warnings what many authenticator apps can't
     */
    record Enrolment(String deviceId, String secret, String uri, QrCode qrCode, List<String> warnings)
            implements FactorChange {

        public Enrolment {
            warnings = List.copyOf(warnings);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Enrolment[" + deviceId + "]";
        }
    }

    /** A device of another platform's awaits its first code here, for 15 minutes. */
    record Imported(String deviceId) implements FactorChange {}

    /** The device is gone; with the last one the recovery codes are. */
    record Removed() implements FactorChange {}

    /**
     * New recovery codes; former ones are void. This is the only time that they are shown.
     *
     * @param codes ten, {@code XXXX-XXXX-XXXX}
     */
    record Codes(List<String> codes) implements FactorChange {

        public Codes {
            codes = List.copyOf(codes);
        }

        /** Without the codes. */
        @Override
        public String toString() {
            return "Codes[" + codes.size() + "]";
        }
    }

    /** Nothing was changed: it needs the id of a {@link Verification.Verified} of this person, of the last 5 minutes, unused. */
    record ProofRequired() implements FactorChange {}
}
