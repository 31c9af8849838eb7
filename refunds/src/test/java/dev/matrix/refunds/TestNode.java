package dev.matrix.refunds;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import java.time.Instant;
import java.time.InstantSource;

/** A Matrix without threads, driven by hand. */
final class TestNode {

    private TestNode() {}

    static Matrix matrix(Stores stores, InstantSource clock, HttpTransport transport) {
        return Matrix.builder()
                .stores(stores)
                .clock(clock)
                .transport(transport)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .build();
    }

    /** A payment of one capture at the bank. */
    static RefundablePayment record(Refunds refunds, FakeBank bank, String id, String amount) {
        Money captured = Money.of(amount, "EUR");
        Capture capture = Capture.of(bank.capture(captured), captured, Instant.parse("2026-02-01T00:00:00Z"));
        return refunds.payments().record(PaymentDraft.of(id, Owner.user("u_42"), "bank", capture));
    }

    /** Runs what is due, until nothing is. */
    static void drive(Matrix matrix) {
        int quiet = 0;
        for (int turns = 0; quiet < 3 && turns < 10_000; turns++) {
            quiet = matrix.runDueStep().isPresent() ? 0 : quiet + 1;
        }
    }
}
