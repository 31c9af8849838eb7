package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.FactorChange.Enrolment;
import dev.matrix.security.Verification.Verified;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A node, and persons who enrol and prove, for tests of second factors. */
abstract class SecondFactorStory {

    static final Subject ALICE = new Subject(Owner.partner("acme"), "alice");

    final Stores stores = Stores.inMemory();
    final Node node = new Node(stores, ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring);
    final SecondFactors factors = node.security.secondFactors();

    final String now(AuthenticatorApp app) {
        return app.code(node.clock.instant());
    }

    final void wait(int seconds) {
        node.clock.advance(Duration.ofSeconds(seconds));
    }

    /** Enrols a device, and moves on so that its next code counts. */
    final AuthenticatorApp enrolled(Subject subject, @Nullable String proofId) {
        Enrolment enrolment = (Enrolment) factors.beginTotp(subject, TotpOptions.of("Acme", subject.id()), proofId);
        AuthenticatorApp app = new AuthenticatorApp(enrolment);
        assertThat(factors.confirmTotp(subject, app.deviceId, now(app))).isInstanceOf(Verified.class);
        wait(60);
        return app;
    }

    final AuthenticatorApp enrolled() {
        return enrolled(ALICE, null);
    }

    final String proof(AuthenticatorApp app) {
        Verified verified = (Verified) factors.verify(ALICE, now(app), true);
        wait(60);
        return verified.id();
    }
}
