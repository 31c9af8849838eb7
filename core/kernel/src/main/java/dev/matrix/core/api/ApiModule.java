package dev.matrix.core.api;

import java.util.List;

/** What a feature contributes to the API. Its parts are the same at every call. */
public interface ApiModule {

    /** Unique among the modules of one dispatcher, such as {@code webhooks}. */
    String name();

    /** Its operations, in the order of the documentation. */
    List<Operation<?, ?>> operations();

    /** How its shapes changed since the first version; none by default. */
    default List<VersionChange> changes() {
        return List.of();
    }

    /** Files that are served as they are, without credentials; none by default. */
    default List<ApiResource> resources() {
        return List.of();
    }

    /** Called once, by the dispatcher's {@code build()}, when all modules are known and free of faults. */
    default void mounted(ApiCatalog catalog) {}
}
