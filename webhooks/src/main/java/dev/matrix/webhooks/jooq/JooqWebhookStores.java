package dev.matrix.webhooks.jooq;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.webhooks.jooq.generated.DefaultSchema;
import dev.matrix.webhooks.spi.DeliveryHistoryStore;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointQuotaStore;
import dev.matrix.webhooks.spi.EndpointSecretStore;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.RecoveryStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the webhook stores and tables to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqWebhookStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "webhooks";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__webhooks.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables();
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(EndpointStore.class, new JooqEndpointStore()),
                new Binding<>(EndpointLeaseStore.class, new JooqEndpointLeaseStore(LeaseClaim.on(database))),
                new Binding<>(EndpointSecretStore.class, new JooqEndpointSecretStore()),
                new Binding<>(EndpointQuotaStore.class, new JooqEndpointQuotaStore()),
                new Binding<>(DeliveryHistoryStore.class, new JooqDeliveryHistoryStore()),
                new Binding<>(RecoveryStore.class, new JooqRecoveryStore()),
                new Binding<>(
                        DeliveryStore.class,
                        new JooqDeliveryStore(
                                Routing.on(database), OpenDeliveries.on(database), Completion.on(database))));
    }
}
