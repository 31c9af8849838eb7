package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import java.util.Collection;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** What stands in where no library for filters is there: refuses them, and those stored before match everything. */
record MissingFilterEngine() implements FilterEngine {

    /** The first engine on the class path whose library is there too. */
    static FilterEngine orFound() {
        return ServiceLoader.load(FilterEngine.class).stream()
                .flatMap(MissingFilterEngine::linked)
                .findFirst()
                .orElseGet(MissingFilterEngine::new);
    }

    private static Stream<FilterEngine> linked(ServiceLoader.Provider<FilterEngine> provider) {
        try {
            return Stream.of(provider.get());
        } catch (ServiceConfigurationError e) {
            if (e.getCause() instanceof LinkageError) {
                return Stream.empty();
            }
            throw e;
        }
    }

    @Override
    public void check(String filter) {
        throw new InvalidRequestException("Filters need an engine: add the dependency"
                + " software.amazon.event.ruler:event-ruler 2.1.0, or leave the filter out.");
    }

    @Override
    public void checkTogether(Collection<String> filters) {
        filters.forEach(this::check);
    }

    @Override
    public FilterSet read(Collection<String> filters) {
        filters.forEach(this::check);
        return body -> List.of();
    }

    @Override
    public FilterSet compile(Collection<String> filters) {
        return read(filters);
    }
}
