package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.ALICE;
import static dev.matrix.refunds.spi.Rows.BOB;
import static dev.matrix.refunds.spi.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.RefundSecretStore.Kind;
import dev.matrix.refunds.spi.RefundSecretStore.SecretRow;
import dev.matrix.testkit.StoreContract;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link RefundSecretStore} promises. */
public interface RefundSecretStoreContract extends StoreContract {

    private static SecretRow part(Kind kind, String record, int part, Owner owner) {
        return new SecretRow(kind, record, part, owner, new byte[] {(byte) part, 7}, NOW);
    }

    @Test
    @Tag("R47")
    default void partsAreKeptInOrderReplacedAndErasedWithTheirOwner() {
        Stores stores = stores();
        RefundSecretStore secrets = stores.get(RefundSecretStore.class);
        stores.transactions().inTransaction(tx -> {
            secrets.insert(
                    tx,
                    List.of(
                            part(Kind.EVIDENCE, "dsp_1", 1, ALICE),
                            part(Kind.EVIDENCE, "dsp_1", 0, ALICE),
                            part(Kind.EVIDENCE, "dsp_2", 0, BOB),
                            part(Kind.DESTINATION, "ref_1", 0, ALICE)));
            assertThat(secrets.of(tx, Kind.EVIDENCE, "dsp_1"))
                    .extracting(SecretRow::part)
                    .containsExactly(0, 1);
            SecretRow first = secrets.after(tx, Kind.EVIDENCE, null, 1).get(0);
            assertThat(secrets.after(tx, Kind.EVIDENCE, first, 9))
                    .extracting(SecretRow::recordId)
                    .containsExactly("dsp_1", "dsp_2");
            assertThat(secrets.replaceIfSame(tx, first, new byte[] {9})).isTrue();
            assertThat(secrets.replaceIfSame(tx, first, new byte[] {8})).isFalse();
            assertThat(secrets.of(tx, Kind.EVIDENCE, "dsp_1").get(0).sealed()).containsExactly(9);
            secrets.delete(tx, Kind.EVIDENCE, "dsp_1");
            assertThat(secrets.of(tx, Kind.EVIDENCE, "dsp_1")).isEmpty();
            assertThat(secrets.erase(tx, ALICE)).isEqualTo(1);
            assertThat(secrets.of(tx, Kind.EVIDENCE, "dsp_2")).hasSize(1);
            assertThat(secrets.forget(tx, Kind.EVIDENCE, NOW, 9)).isZero();
            assertThat(secrets.forget(tx, Kind.EVIDENCE, NOW.plusSeconds(1), 9)).isEqualTo(1);
        });
    }
}
