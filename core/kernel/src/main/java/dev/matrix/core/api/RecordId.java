package dev.matrix.core.api;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The component {@code id} of a reply. */
final class RecordId {

    private static final ClassValue<Optional<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            if (!type.isRecord()) {
                return Optional.empty();
            }
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getName().equals("id") && component.getType() == String.class)
                    .map(component -> {
                        component.getAccessor().setAccessible(true);
                        return component.getAccessor();
                    })
                    .findFirst();
        }
    };

    private RecordId() {}

    /** The id; null if the value has none. */
    static @Nullable String of(Object value) {
        Method accessor = ACCESSORS.get(value.getClass()).orElse(null);
        try {
            return accessor == null ? null : (String) accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The id of a " + value.getClass().getName() + " can't be read.", e);
        }
    }
}
