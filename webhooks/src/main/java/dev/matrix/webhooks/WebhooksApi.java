package dev.matrix.webhooks;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of webhooks. */
final class WebhooksApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    WebhooksApi(StoredWebhooks webhooks) {
        ApiArea area = ApiArea.of("webhooks", webhooks.stores().transactions());
        this.operations = Stream.of(
                        new EndpointOperations(area, webhooks).all(),
                        new EndpointCareOperations(area, webhooks).all(),
                        new DeliveryOperations(area, webhooks).all())
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
}
