package dev.matrix.money;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.money.CurrencyRequests.ConfigOf;
import dev.matrix.money.CurrencyRequests.ReplaceConfig;
import dev.matrix.money.CurrencyViews.ConfigView;
import java.util.List;

/** Operations on the currencies that owners are billed in. */
record ConfigOperations(ApiArea area, CurrencyPreferences preferences) {

    private static final String PATH = "/v1/currency/configs/{ownerType}/{ownerId}";

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(PATH, ConfigOf.class, Reply.json(ConfigView.class)),
                                "getCurrencyConfig",
                                "Gets the currency that an owner is billed in.")
                        .example("a customer's", CurrencyExamples.CONFIG_OF, CurrencyExamples.CONFIG)
                        .handle(this::get),
                area.writing(
                                Operation.put(PATH, ReplaceConfig.class, Reply.json(ConfigView.class)),
                                "replaceCurrencyConfig",
                                "Sets the currency that an owner is billed in.")
                        .byOwners()
                        .example("the first", CurrencyExamples.REPLACE_CONFIG, CurrencyExamples.CONFIG)
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
