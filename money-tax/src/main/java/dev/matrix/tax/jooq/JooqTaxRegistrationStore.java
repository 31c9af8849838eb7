package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_REGISTRATION;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxScheme;
import dev.matrix.tax.spi.TaxRegistrationStore;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** {@link TaxRegistrationStore} in table {@code matrix_tax_registration}. */
final class JooqTaxRegistrationStore implements TaxRegistrationStore {

    private static final int PREFIX = 2;

    @Override
    public List<TaxRegistration> list(Tx tx, String sellerId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_REGISTRATION)
                .where(MATRIX_TAX_REGISTRATION.SELLER.eq(sellerId))
                .orderBy(
                        MATRIX_TAX_REGISTRATION.JURISDICTION,
                        MATRIX_TAX_REGISTRATION.SCHEME,
                        MATRIX_TAX_REGISTRATION.VALID_FROM)
                .fetch(JooqTaxRegistrationStore::registration);
    }

    private static TaxRegistration registration(Record row) {
        String id = row.get(MATRIX_TAX_REGISTRATION.TAX_ID);
        return new TaxRegistration(
                row.get(MATRIX_TAX_REGISTRATION.JURISDICTION),
                TaxScheme.valueOf(row.get(MATRIX_TAX_REGISTRATION.SCHEME)),
                id == null ? null : new TaxId(id.substring(0, PREFIX), id.substring(PREFIX)),
                row.get(MATRIX_TAX_REGISTRATION.VALID_FROM),
                row.get(MATRIX_TAX_REGISTRATION.VALID_TO));
    }

    @Override
    public void put(Tx tx, String sellerId, TaxRegistration registration) {
        JooqTx own = JooqTx.of(tx);
        String id = registration.taxId() == null ? null : registration.taxId().text();
        int added = own.insertIfAbsent(DSL.insertInto(MATRIX_TAX_REGISTRATION)
                .set(MATRIX_TAX_REGISTRATION.SELLER, sellerId)
                .set(MATRIX_TAX_REGISTRATION.JURISDICTION, registration.jurisdiction())
                .set(MATRIX_TAX_REGISTRATION.SCHEME, registration.scheme().name())
                .set(MATRIX_TAX_REGISTRATION.VALID_FROM, registration.from())
                .set(MATRIX_TAX_REGISTRATION.VALID_TO, registration.to())
                .set(MATRIX_TAX_REGISTRATION.TAX_ID, id));
        if (added == 0) {
            own.dsl()
                    .update(MATRIX_TAX_REGISTRATION)
                    .set(MATRIX_TAX_REGISTRATION.VALID_TO, registration.to())
                    .set(MATRIX_TAX_REGISTRATION.TAX_ID, id)
                    .where(isKeyOf(sellerId, registration))
                    .execute();
        }
    }

    @Override
    public void replace(Tx tx, String sellerId, List<TaxRegistration> registrations) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_TAX_REGISTRATION)
                .where(MATRIX_TAX_REGISTRATION.SELLER.eq(sellerId))
                .execute();
        registrations.forEach(each -> put(tx, sellerId, each));
    }

    private static Condition isKeyOf(String sellerId, TaxRegistration registration) {
        return MATRIX_TAX_REGISTRATION
                .SELLER
                .eq(sellerId)
                .and(MATRIX_TAX_REGISTRATION.JURISDICTION.eq(registration.jurisdiction()))
                .and(MATRIX_TAX_REGISTRATION.SCHEME.eq(registration.scheme().name()))
                .and(MATRIX_TAX_REGISTRATION.VALID_FROM.eq(registration.from()));
    }
}
