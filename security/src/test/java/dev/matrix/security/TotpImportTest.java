package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.security.FactorChange.Imported;
import dev.matrix.security.FactorChange.ProofRequired;
import dev.matrix.security.Verification.Rejected;
import dev.matrix.security.Verification.Verified;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that come from another platform, with their secrets and their slow clocks. */
class TotpImportTest {

    private static final Subject ALICE = new Subject(Owner.partner("acme"), "alice");
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String URI = "otpauth://totp/Acme:alice?secret=" + SECRET;

    private final Node node = Node.alone();
    private final SecondFactors factors = node.security.secondFactors();

    private AuthenticatorApp imported() {
        Imported made = (Imported) factors.importTotp(ALICE, URI, null);
        return new AuthenticatorApp(made.deviceId(), SECRET);
    }

    private String slow(AuthenticatorApp app, int steps) {
        return app.code(node.clock.instant().minusSeconds(30L * steps));
    }

    @Test
    @Tag("SE49")
    @Tag("G49")
    void aTokenThreeStepsSlowIsConfirmedAndAcceptedFromThenOn() {
        AuthenticatorApp app = imported();
        assertThat(factors.confirmTotp(ALICE, app.deviceId, slow(app, 3))).isInstanceOf(Verified.class);
        node.clock.advance(Duration.ofMinutes(5));
        assertThat(factors.verify(ALICE, slow(app, 3), true)).isInstanceOf(Verified.class);
        node.clock.advance(Duration.ofMinutes(5));
        assertThat(factors.verify(ALICE, slow(app, 0), true))
                .as("the right time")
                .isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("G49")
    void elevenStepsAreTooManyAndWhatBeganHereGetsNoSuchWindow() {
        AuthenticatorApp app = imported();
        assertThat(factors.confirmTotp(ALICE, app.deviceId, slow(app, 11))).isInstanceOf(Rejected.class);
        assertThat(factors.confirmTotp(ALICE, app.deviceId, slow(app, 10))).isInstanceOf(Verified.class);
        assertThat(factors.importTotp(ALICE, URI, null)).isInstanceOf(ProofRequired.class);

        Subject bob = new Subject(Owner.partner("acme"), "bob");
        FactorChange.Enrolment begun =
                (FactorChange.Enrolment) factors.beginTotp(bob, TotpOptions.of("Acme", "bob"), null);
        AuthenticatorApp other = new AuthenticatorApp(begun);
        assertThat(factors.confirmTotp(bob, other.deviceId, slow(other, 3))).isInstanceOf(Rejected.class);
        assertThat(factors.confirmTotp(bob, other.deviceId, slow(other, 1))).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://hotp/Acme:alice?counter=1&secret=" + SECRET,
                "https://totp/Acme:alice?secret=" + SECRET,
                "otpauth://totp/Acme:alice",
                "otpauth://totp/Acme:alice?secret=JBSWY3DP",
                "otpauth://totp/Acme:alice?secret=1" + SECRET,
                URI + "&secret=" + SECRET,
                URI + "&digits=0",
                URI + "&digits=9",
                URI + "&digits=six",
                URI + "&period=0",
                URI + "&period=61",
                URI + "&algorithm=MD5",
                URI + "&issuer=Other",
                "otpauth://totp/?secret=" + SECRET,
                "otpauth://totp/Acme:%zz?secret=" + SECRET,
                "otpauth://totp/Acme:al ice?secret=" + SECRET,
            })
    @Tag("SE71")
    @Tag("G71")
    void whatIsNotExactlyOneKnownDeviceIsRefusedAndNothingIsReplaced(String uri) {
        AuthenticatorApp app = imported();
        assertThatThrownBy(() -> factors.importTotp(ALICE, uri, null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining(SECRET);
        assertThat(factors.confirmTotp(ALICE, app.deviceId, slow(app, 0))).isInstanceOf(Verified.class);
    }

    @Test
    @Tag("G27")
    @Tag("G71")
    void spacesCasePaddingAndWhatOnlyShowsAreForgiven() {
        String written =
                "otpauth://totp/A%20%26%20B:a%2Bb%40x.de?secret=jbsw%20y3dp-ehpk3pxpjbswy3dpehpk3pxp%3D%3D&image=x"
                        + "&ISSUER=A%20%26%20B&algorithm=sha1&digits=6&period=30";
        Imported made = (Imported) factors.importTotp(ALICE, written, null);
        AuthenticatorApp app = new AuthenticatorApp(made.deviceId(), SECRET);
        assertThat(factors.confirmTotp(ALICE, app.deviceId, slow(app, 0))).isInstanceOf(Verified.class);
        assertThat(factors.devices(ALICE)).extracting(FactorDevice::account).containsExactly("a+b@x.de");
        assertThat(TotpUri.parse(written)).hasToString("TotpUri of a+b@x.de");
    }
}
