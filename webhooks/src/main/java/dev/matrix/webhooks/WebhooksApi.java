package dev.matrix.webhooks;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of webhooks. */
final class WebhooksApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    WebhooksApi(StoredWebhooks webhooks) {
        ApiOwners owners = new ApiOwners(webhooks.stores());
        this.operations = Stream.of(
                        new EndpointOperations(webhooks, owners).all(),
                        new EndpointCareOperations(webhooks, owners).all(),
                        new DeliveryOperations(webhooks, owners).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }

    static <Q extends Record, R> Operation.Draft<Q, R> reading(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id).tag("webhooks").summary(summary).scope("webhooks:read");
    }

    static <Q extends Record, R> Operation.Draft<Q, R> writing(Operation.Draft<Q, R> draft, String id, String summary) {
        return draft.id(id)
                .tag("webhooks")
                .summary(summary)
                .scope("webhooks:write")
                .byOwners();
    }
}
