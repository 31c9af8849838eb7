package dev.matrix.devtools;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the schemas' names are called in an SDK: identifiers, none of them the runtime's own. */
final class TypeNames {

    private final Map<String, String> names = new HashMap<>();
    private final Map<Schema.Choice, String> choices = new HashMap<>();
    private final Identifiers scope;

    TypeNames(SdkModel model, Set<String> keywords) {
        Set<String> reserved = new HashSet<>(Identifiers.TYPES);
        reserved.addAll(keywords);
        scope = new Identifiers(reserved);
        model.types().keySet().forEach(name -> names.put(name, scope.take(Escapes.identifier(name))));
        model.choices()
                .forEach(choice -> choices.put(choice, scope.take(Escapes.identifier(requireNonNull(choice.name())))));
    }

    String of(String schema) {
        return requireNonNull(names.get(schema), () -> "The schema " + schema + " isn't among the model's types.");
    }

    /** What a list of values is called; null: nothing, as it stands where it is used. */
    @Nullable
    String of(Schema.Choice choice) {
        return choices.get(Reach.closed(choice));
    }

    /** A further type's name, such as that of a request. */
    String take(String name) {
        return scope.take(name);
    }
}
