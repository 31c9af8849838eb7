package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiModuleContract;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of taxes keep the contract of modules. */
class TaxApiContractTest implements ApiModuleContract {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private @Nullable Taxes built;

    @Override
    public Matrix matrix(Stores stores) {
        return Matrix.builder().stores(stores).build();
    }

    @Override
    public ApiModule module(Matrix matrix) {
        Taxes taxes = Taxes.on(matrix)
                .seller(SellerProfile.of(TaxExamples.SELLER, Address.of("DE"))
                        .registered(TaxRegistration.local("DE", TaxId.parse("DE314159262"), DAY.minusYears(1)))
                        .registered(TaxRegistration.unionOss(DAY.minusYears(1))))
                .build();
        built = taxes;
        return taxes.api();
    }

    private static TaxTransaction sale(Taxes taxes, Owner owner) {
        TaxRequest request = TaxRequest.invoice(
                        TaxExamples.SELLER,
                        Currencies.standard().get("EUR"),
                        TaxPoint.on(DAY),
                        Buyer.consumer(Address.of("FR")).as(owner))
                .item(TaxedItem.net("seats", Money.of("79.00", "EUR"), ProductCategory.SAAS))
                .build();
        return taxes.commit(taxes.calculate(request).orThrow(), "invoice-0");
    }

    private static TaxExemption certificate(Taxes taxes, Owner owner, String number) {
        return taxes.exemptions().add(TaxExemption.of(owner, number, "Embassy", DAY, null));
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of("calculateTax", "createTaxExemption", "validateTaxId");
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Taxes taxes = Objects.requireNonNull(built);
        String sale = "/v1/tax/transactions/" + sale(taxes, owner).id();
        String pending = certificate(taxes, owner, "C-1").id();
        String active = certificate(taxes, owner, "C-2").id();
        taxes.exemptions().activate(active);
        return Map.of(
                "getTaxTransaction", sale,
                "reverseTaxTransaction", sale + "/reversals",
                "activateTaxExemption", "/v1/tax/exemptions/" + pending + "/activations",
                "revokeTaxExemption", "/v1/tax/exemptions/" + active + "/revocations");
    }
}
