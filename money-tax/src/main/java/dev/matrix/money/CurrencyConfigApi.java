package dev.matrix.money;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.money.CurrencyViews.ConfigOf;
import dev.matrix.money.CurrencyViews.ConfigView;
import dev.matrix.money.CurrencyViews.ReplaceConfig;
import java.util.List;

/** The operations of currency preferences (money-tax, section 7). */
final class CurrencyConfigApi implements ApiModule {

    private static final String PATH = "/v1/currency/configs/{ownerType}/{ownerId}";

    private final CurrencyPreferences preferences;

    CurrencyConfigApi(CurrencyPreferences preferences) {
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "currency-configs";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return List.of(
                CurrencyExamples.config(Operation.get(PATH, ConfigOf.class, Reply.json(ConfigView.class))
                                .id("getCurrencyConfig")
                                .tag("currency")
                                .summary("Gets the currency that an owner is billed in.")
                                .scope("currency:read"))
                        .handle(this::get),
                CurrencyExamples.newConfig(Operation.put(PATH, ReplaceConfig.class, Reply.json(ConfigView.class))
                                .id("replaceCurrencyConfig")
                                .tag("currency")
                                .summary("Sets the currency that an owner is billed in.")
                                .scope("currency:write")
                                .byOwners())
                        .handle(this::replace));
    }

    private ConfigView get(ConfigOf request, ApiContext context) {
        Owner owner = context.owner(request.ownerType(), request.ownerId());
        return preferences
                .find(owner)
                .map(ConfigView::of)
                .orElseThrow(() -> new NotFoundException(owner + " has no currency preference."));
    }

    private ConfigView replace(ReplaceConfig request, ApiContext context) {
        Owner owner = context.owner(request.ownerType(), request.ownerId());
        CurrencyPreference wanted = CurrencyPreference.of(owner, request.currency(), request.locale());
        return ConfigView.of(preferences.put(context.tx(), wanted, request.version()));
    }
}
