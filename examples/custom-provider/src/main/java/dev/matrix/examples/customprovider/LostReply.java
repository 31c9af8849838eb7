package dev.matrix.examples.customprovider;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.refunds.Capture;
import dev.matrix.refunds.PaymentDraft;
import dev.matrix.refunds.Refund;
import dev.matrix.refunds.RefundAmount;
import dev.matrix.refunds.RefundOutcome;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.RefundRequest;
import dev.matrix.refunds.Refunds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The worst moment: the bank has paid, its reply is lost, and the process ends. A new process finds the refund at the bank, and
 * there is one transfer.
 */
public final class LostReply {

    private LostReply() {}

    public static void main(String[] args) throws IOException {
        run(Files.createTempDirectory("northbank"), System.out);
    }

    /** Tells on {@code out} what happens; returns how many transfers the bank has made in the end. */
    static int run(Path folder, PrintStream out) throws IOException {
        Northbank bank = new Northbank();
        try (NorthbankServer server = NorthbankServer.start(bank)) {
            String refundId;
            try (Matrix matrix = matrix(folder)) {
                Refunds refunds = refunds(matrix, server);
                Money paid = Money.of("119.00", "EUR");
                refunds.payments()
                        .record(PaymentDraft.of(
                                "pay_1", Owner.user("u_42"), "northbank", Capture.of("cap_4711", paid, Instant.now())));
                refundId = ((RefundOutcome.Accepted) refunds.refund(RefundRequest.of(
                                "pay_1",
                                new RefundAmount.Exact(Money.of("39.67", "EUR")),
                                RefundReason.CUSTOMER_REQUEST,
                                "ticket-4711")))
                        .refund()
                        .id();
                server.cutNextReply();
                Refund refund = refunds.advance(refundId);
                out.println("The bank paid and hung up: the refund is " + refund.status() + ", "
                        + refunds.payments().find("pay_1").orElseThrow().reserved() + " stay reserved.");
            }
            try (Matrix matrix = matrix(folder)) {
                Refunds refunds = refunds(matrix, server);
                Refund refund = refunds.advance(refundId);
                out.println("After a restart it was looked up: the refund is " + refund.status() + ", the bank's id is "
                        + refund.legs().get(0).providerRef() + ", transfers at the bank: "
                        + bank.transfers().size() + ".");
            }
        }
        return bank.transfers().size();
    }

    private static Matrix matrix(Path folder) {
        return Matrix.builder()
                .stores(JooqStorage.embedded(folder.resolve("db")))
                .transport(OkHttpTransport.create())
                .keys(KeyRing.envelope(KeyEncryptionKey.file(folder.resolve("key"))))
                .build();
    }

    private static Refunds refunds(Matrix matrix, NorthbankServer server) {
        return Refunds.on(matrix)
                .provider(new NorthbankRefunds(server.address(), "nb-key", "nb-notification-secret"))
                .build();
    }
}
