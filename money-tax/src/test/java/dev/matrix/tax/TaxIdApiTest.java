package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdVerifier;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Validation of tax ids as callers see it. */
class TaxIdApiTest {

    private final Matrix matrix = Matrix.builder()
            .stores(Stores.inMemory())
            .clock(ManualClock.at("2026-03-02T10:00:00Z"))
            .transport(ScriptedTransport.held())
            .build();
    private final Taxes taxes = Taxes.on(matrix)
            .seller(SellerProfile.of("acme", Address.of("DE")))
            .ids(TaxIds.on(matrix).verifier(new French()).build())
            .build();
    private final Wire wire = new Wire(
            matrix,
            ApiDispatcher.on(matrix)
                    .modules(taxes.api())
                    .authenticator(credentials -> new Authentication.Authenticated(
                            new ApiPrincipal("key_1", Owner.user("u_1"), Set.of("tax:read"), null)))
                    .checkReplies(true)
                    .build());

    /** A register of French ids that knows all of them. */
    private static final class French implements TaxIdVerifier {

        @Override
        public Set<String> prefixes() {
            return Set.of("FR");
        }

        @Override
        public TaxIdAnswer verify(TaxId id, @Nullable TaxId requester, HttpTransport transport) {
            return new TaxIdAnswer.Valid("WAPI-1");
        }
    }

    private Wire.Answer validate(String body) {
        return wire.call("k", "POST", "/v1/tax/id-validations", body);
    }

    @Test
    @Tag("I2")
    void anIdIsCheckedByFormAndByItsRegisterWhenAsked() {
        Wire.Answer offline = validate("{\"taxId\":\"fr 87-314159260\"}");
        assertThat(offline.status()).as(offline.body()).isEqualTo(202);
        assertThat(offline.body())
                .isEqualTo("{\"taxId\":\"FR87314159260\",\"status\":\"pending\",\"checkedAt\":null,"
                        + "\"consultationNumber\":null}");
        Wire.Answer online = validate("{\"taxId\":\"87314159260\",\"country\":\"FR\",\"online\":true}");
        assertThat(online.status()).isEqualTo(200);
        assertThat(online.body())
                .isEqualTo("{\"taxId\":\"FR87314159260\",\"status\":\"valid\",\"checkedAt\":\"2026-03-02T10:00:00Z\","
                        + "\"consultationNumber\":\"WAPI-1\"}");
        assertThat(validate("{\"taxId\":\"FR87314159260\"}").text("status")).isEqualTo("valid");
    }

    @Test
    @Tag("I4")
    void whatNoRegisterIsAskedAboutIsUnverifiedOrWrong() {
        assertThat(validate("{\"taxId\":\"DE314159262\",\"online\":true}").text("status"))
                .isEqualTo("unverified");
        assertThat(validate("{\"taxId\":\"DE314159263\"}").text("status")).isEqualTo("format_invalid");
        Wire.Answer unreadable = validate("{\"taxId\":\"314159262\"}");
        assertThat(unreadable.status()).isEqualTo(422);
        assertThat(unreadable.body()).doesNotContain("314159262");
    }
}
