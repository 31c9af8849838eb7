package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_CRYPTO_INPUT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_CRYPTO_NONCE;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_CRYPTO_TX;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the store of what is signed for chains to {@code matrix-jooq}. */
public final class JooqCryptoStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "refunds";
    }

    @Override
    public List<String> scripts() {
        return List.of("V2__chains.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(MATRIX_CRYPTO_NONCE, MATRIX_CRYPTO_TX, MATRIX_CRYPTO_INPUT);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(new Binding<>(CryptoTransactionStore.class, new JooqCryptoTransactionStore()));
    }
}
