package dev.matrix.examples.benchmarks.refunds;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.refunds.Capture;
import dev.matrix.refunds.PaymentDraft;
import dev.matrix.refunds.RefundAmount;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.RefundRequest;
import dev.matrix.refunds.Refunds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A node in a JVM of its own: for each number on its input it records a payment of 100.00 and refunds it in three parts. */
final class RefundNode {

    static final String UP = "up";

    private RefundNode() {}

    public static void main(String[] arguments) throws IOException {
        try (HikariDataSource pool = Postgres.pool(arguments[0], 40);
                Matrix matrix = Matrix.builder()
                        .stores(JooqStorage.over(pool))
                        .transport(OkHttpTransport.create())
                        .keys(KeyRing.envelope(KeyEncryptionKey.local("bench", new byte[32])))
                        .build()) {
            Refunds refunds = Refunds.on(matrix)
                    .provider(new CuttingBankRefunds(URI.create(arguments[1])))
                    .callTimeout(Duration.ofSeconds(1))
                    .lease(Duration.ofSeconds(2))
                    .build();
            matrix.start();
            System.out.println(UP);
            System.out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                refund(refunds, "pay_" + line);
            }
        }
    }

    private static void refund(Refunds refunds, String id) {
        Money captured = Money.of("100.00", "EUR");
        Capture capture = Capture.of("c_" + id, captured, Instant.parse("2026-01-01T00:00:00Z"));
        refunds.payments().record(PaymentDraft.of(id, Owner.user("u_" + id), "cutting", capture));
        for (String amount : new String[] {"50.00", "30.00", "60.00"}) {
            refunds.refund(RefundRequest.of(
                    id, new RefundAmount.Exact(Money.of(amount, "EUR")), RefundReason.GOODWILL, amount));
        }
    }
}
