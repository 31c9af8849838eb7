package dev.matrix.devtools;

import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Words;
import dev.matrix.core.event.EventType;
import dev.matrix.core.wire.ApiVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of the API as all SDKs see it, before any language: namespaces of methods, and the types that these and the events
 * use. Hidden operations aren't in it, nor those that take raw bytes, which no client of the API sends.
 *
 * @param version the dated version that the SDK asks for
 * @param namespaces by tag, in the catalogue's order
 * @param types what methods and events refer to, at any depth
 * @param choices lists of values with a name that stand in several places, as closed ones
 * @param events the data of each event type
 */
record SdkModel(
        ApiVersion version,
        List<SdkNamespace> namespaces,
        SortedMap<String, Schema> types,
        List<Schema.Choice> choices,
        Map<EventType, Schema> events) {

    static SdkModel of(ApiCatalog catalog, ApiVersion version) {
        Map<String, Schema> all = catalog.types(version);
        Map<String, List<SdkMethod>> byTag = new LinkedHashMap<>();
        for (Operation<?, ?> operation : catalog.operations()) {
            if (!operation.isHidden() && !operation.takesRawBody() && catalog.has(operation, version)) {
                byTag.computeIfAbsent(operation.tag(), tag -> new ArrayList<>())
                        .add(SdkMethod.of(operation, catalog.schema(operation, version), all));
            }
        }
        List<SdkNamespace> namespaces = new ArrayList<>();
        byTag.forEach((tag, methods) -> namespaces.add(new SdkNamespace(Words.of(tag), methods)));

        Map<EventType, Schema> events = new LinkedHashMap<>();
        catalog.events().forEach(type -> events.put(type, catalog.eventData(type)));

        SortedMap<String, Schema> types = new TreeMap<>(all);
        Set<String> used = new HashSet<>();
        Map<Schema.Choice, Integer> choices = new LinkedHashMap<>();
        Reach reach = new Reach(types, used, choices);
        namespaces.forEach(namespace ->
                namespace.methods().forEach(method -> method.schemas().forEach(reach::visit)));
        events.values().forEach(reach::visit);
        types.keySet().retainAll(used);
        choices.values().removeIf(places -> places == 1);
        return new SdkModel(version, namespaces, types, List.copyOf(choices.keySet()), events);
    }
}
