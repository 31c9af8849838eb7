package dev.matrix.jooq;

import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.jooq.generated.DefaultSchema;
import java.util.List;
import org.jooq.Table;

/** Core's own stores and tables. */
final class CoreStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "core";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__event_log.sql", "V2__leases.sql", "V3__keys.sql", "V4__idempotency.sql", "V5__api.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables();
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(EventStore.class, new JooqEventStore(EventInsert.into(database))),
                new Binding<>(DispatchStore.class, new JooqDispatchStore()),
                new Binding<>(SubscriberStore.class, new JooqSubscriberStore()),
                new Binding<>(LeaseStore.class, new JooqLeaseStore()),
                new Binding<>(DataKeyStore.class, new JooqDataKeyStore()),
                new Binding<>(SubjectKeyStore.class, new JooqSubjectKeyStore()),
                new Binding<>(IdempotencyStore.class, new JooqIdempotencyStore()),
                new Binding<>(ApiPinStore.class, new JooqApiPinStore()));
    }
}
