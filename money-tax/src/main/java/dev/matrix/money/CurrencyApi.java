package dev.matrix.money;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.Transactions;
import java.util.List;

/** The operations of one façade of this package, all under the tag and the scopes of {@code currency}. */
record CurrencyApi(String name, List<Operation<?, ?>> operations) implements ApiModule {

    static CurrencyApi of(ExchangeRates rates, Currencies currencies, Transactions transactions) {
        return new CurrencyApi("currency", new RateOperations(area(transactions), rates, currencies).all());
    }

    static CurrencyApi of(CurrencyPreferences preferences, Transactions transactions) {
        return new CurrencyApi("currency-configs", new ConfigOperations(area(transactions), preferences).all());
    }

    private static ApiArea area(Transactions transactions) {
        return ApiArea.of("currency", transactions);
    }
}
