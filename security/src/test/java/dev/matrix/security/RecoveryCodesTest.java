package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.security.FactorChange.Codes;
import dev.matrix.security.Verification.Method;
import dev.matrix.security.Verification.Rejected;
import dev.matrix.security.Verification.Verified;
import dev.matrix.testkit.OtherThread;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Codes for who has lost the device. */
class RecoveryCodesTest extends SecondFactorStory {

    @Test
    @Tag("SE30")
    @Tag("G29")
    void aRecoveryCodeWorksOnceHoweverItIsWritten() {
        AuthenticatorApp app = enrolled();
        List<String> codes = ((Codes) factors.renewRecoveryCodes(ALICE, proof(app))).codes();
        assertThat(codes).hasSize(10);
        List<OtherThread<Boolean>> callers = IntStream.range(0, 4)
                .mapToObj(i -> OtherThread.running(() -> factors.verify(ALICE, codes.get(0), true) instanceof Verified))
                .toList();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(1);
        Verified second = (Verified) factors.verify(
                ALICE, codes.get(1).toLowerCase(Locale.ROOT).replace('-', ' ').replace('0', 'o'), true);
        assertThat(second.method()).isEqualTo(Method.RECOVERY_CODE);
        assertThat(second.recoveryCodesLeft()).isEqualTo(8);
        assertThat(factors.renewRecoveryCodes(ALICE, second.id())).isInstanceOf(Codes.class);
        assertThat(factors.verify(ALICE, codes.get(2), true)).as("renewed").isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("G29")
    void fewCodesLeftAreTold() {
        AuthenticatorApp app = enrolled();
        List<String> codes = ((Codes) factors.renewRecoveryCodes(ALICE, proof(app))).codes();
        codes.subList(0, 8)
                .forEach(code -> assertThat(factors.verify(ALICE, code, true)).isInstanceOf(Verified.class));
        assertThat(node.matrix.events().page(EventQuery.all(), PageRequest.first(99)).items().stream()
                        .filter(event -> event.type().toString().contains("recovery_codes_low")))
                .hasSize(1);
    }

    @Test
    @Tag("SE48")
    @Tag("G48")
    void aRecoveryCodeBurnsTheCurrentAndTheNextStep() {
        AuthenticatorApp app = enrolled();
        List<String> codes = ((Codes) factors.renewRecoveryCodes(ALICE, proof(app))).codes();
        Instant used = node.clock.instant();
        assertThat(factors.verify(ALICE, codes.get(0), true)).isInstanceOf(Verified.class);
        assertThat(factors.verify(ALICE, app.code(used), true)).isInstanceOf(Rejected.class);
        assertThat(factors.verify(ALICE, app.code(used.plusSeconds(30)), true)).isInstanceOf(Rejected.class);
        wait(60);
        assertThat(factors.verify(ALICE, app.code(used.plusSeconds(60)), true)).isInstanceOf(Verified.class);
    }
}
