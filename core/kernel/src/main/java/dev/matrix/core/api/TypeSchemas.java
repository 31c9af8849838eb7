package dev.matrix.core.api;

import dev.matrix.core.Owner;
import dev.matrix.core.api.Schema.Anything;
import dev.matrix.core.api.Schema.Choice;
import dev.matrix.core.api.Schema.Dictionary;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Union;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.FromEnvelope;
import dev.matrix.core.wire.Patch;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles the types of one direction to schemas; records and sealed interfaces get a name and are referred to by it. */
final class TypeSchemas {

    private static final String LIMITS = " isn't of the JSON vocabulary (H5)";

    private final Direction direction;
    private final Faults faults;
    private final Map<String, Schema> named = new TreeMap<>();
    private final Map<String, Class<?>> classes = new HashMap<>();

    TypeSchemas(Direction direction, Faults faults) {
        this.direction = direction;
        this.faults = faults;
    }

    /** The named schemas so far. */
    Map<String, Schema> named() {
        return named;
    }

    /** The name of a type's schema: its {@link ApiName}, else the class's simple name. */
    static String nameOf(Class<?> type) {
        ApiName name = type.getAnnotation(ApiName.class);
        return name == null ? type.getSimpleName() : name.value();
    }

    /** The name of a component's member. */
    static String nameOf(RecordComponent component) {
        ApiName name = component.getAnnotation(ApiName.class);
        return name == null ? component.getName() : name.value();
    }

    /** The schema of a type; faults are added to the list, at {@code where}. */
    Schema of(Type type, Bounds bounds, String where) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, bounds, where);
        }
        if (!(type instanceof Class<?> plain)) {
            faults.add(where, type.getTypeName() + LIMITS);
            return new Anything();
        }
        Schema scalar = ScalarSchemas.of(plain);
        if (scalar != null) {
            return bounds.applyTo(scalar, where, faults);
        }
        if (plain.isEnum()) {
            List<String> values = Arrays.stream(plain.getEnumConstants())
                    .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                    .toList();
            return new Choice(values, direction != Direction.IN, plain.getSimpleName());
        }
        return structure(plain, where);
    }

    private Schema container(ParameterizedType type, Bounds bounds, String where) {
        Type[] arguments = type.getActualTypeArguments();
        boolean set = type.getRawType() == Set.class;
        if (set || type.getRawType() == List.class) {
            return new Listing(of(arguments[0], bounds, where), bounds.minSize(), bounds.maxSize(100), set);
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            return new Dictionary(of(arguments[1], bounds, where), bounds.minSize(), bounds.maxSize(50));
        }
        faults.add(where, type.getTypeName() + LIMITS);
        return new Anything();
    }

    private Schema structure(Class<?> plain, String where) {
        if (plain == Owner.class) {
            named.putIfAbsent("Owner", new Struct(null, ownerMembers("type", "id", true, false), true));
            return new Reference("Owner");
        }
        if (plain == Money.class) {
            named.putIfAbsent(
                    "Money",
                    new Struct(
                            "An exact amount of money.",
                            List.of(scalar("amount", BigDecimal.class), scalar("currency", Currency.class)),
                            true));
            return new Reference("Money");
        }
        boolean sealed = plain.isInterface() && plain.isSealed();
        if ((!plain.isRecord() && !sealed)
                || plain.getTypeParameters().length > 0
                || Json.class.isAssignableFrom(plain)) {
            faults.add(where, plain.getName() + LIMITS);
            return new Anything();
        }
        String name = nameOf(plain);
        if (claim(name, plain, where)) {
            named.put(name, new Anything());
            named.put(name, sealed ? union(plain) : new Struct(description(plain), members(plain), closed()));
        }
        return new Reference(name);
    }

    private Property scalar(String name, Class<?> type) {
        return new Property(name, of(type, Bounds.NONE, name), true, null, null);
    }

    private boolean closed() {
        return direction == Direction.IN;
    }

    private static @Nullable String description(AnnotatedElement element) {
        Describe describe = element.getAnnotation(Describe.class);
        return describe == null ? null : describe.value();
    }

    private Schema union(Class<?> sealed) {
        Map<String, String> cases = new LinkedHashMap<>();
        collect(sealed, nameOf(sealed), cases);
        return new Union(cases);
    }

    /** A case is named after its interface too, as it has a member more than the record by itself. */
    private void collect(Class<?> sealed, String root, Map<String, String> cases) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isInterface()) {
                collect(permitted, root, cases);
            } else if (permitted.isRecord()) {
                String type = JsonCodec.caseName(permitted);
                String name =
                        permitted.isAnnotationPresent(ApiName.class) ? nameOf(permitted) : root + nameOf(permitted);
                List<Property> all = new ArrayList<>();
                all.add(new Property("type", new Choice(List.of(type), false), true, null, null));
                all.addAll(members(permitted));
                claim(name, permitted, sealed.getName());
                named.put(name, new Struct(description(permitted), all, closed()));
                if (cases.put(type, name) != null) {
                    faults.add(sealed.getName(), "two of its records are called " + type);
                }
            } else {
                faults.add(sealed.getName(), permitted.getName() + LIMITS);
            }
        }
    }

    /** False if the name is taken by this class already. */
    private boolean claim(String name, Class<?> plain, String where) {
        Class<?> former = classes.putIfAbsent(name, plain);
        if (former != null && former != plain) {
            faults.add(
                    where,
                    "both " + former.getName() + " and " + plain.getName() + " are called " + name
                            + "; rename one by @ApiName");
        }
        return former == null;
    }

    /** The members of a record, in component order. */
    List<Property> members(Class<?> record) {
        List<Property> all = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            all.addAll(member(component, record.getName() + "." + component.getName()));
        }
        return all;
    }

    /** The members of one component: two for an owner, none for an event's type. */
    List<Property> member(RecordComponent component, String where) {
        String name = nameOf(component);
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (component.getType().isAnnotationPresent(FromEnvelope.class)) {
            return List.of();
        }
        if (component.getType() == Owner.class) {
            return ownerMembers(name + "Type", name + "Id", !nullable, nullable && direction == Direction.OUT);
        }
        if (component.getType() == Patch.class
                && component.getAnnotatedType() instanceof AnnotatedParameterizedType patch) {
            AnnotatedType of = patch.getAnnotatedActualTypeArguments()[0];
            Schema schema = of(of.getType(), Bounds.of(component), where);
            boolean clearable = of.isAnnotationPresent(Nullable.class) && !(schema instanceof Anything);
            Schema offered = clearable ? new Maybe(schema) : schema;
            return List.of(new Property(name, offered, false, null, description(component)));
        }
        Schema schema = of(component.getGenericType(), Bounds.of(component), where);
        Default preset = component.getAnnotation(Default.class);
        Json absent = preset == null || direction != Direction.IN
                ? null
                : Presets.parse(preset.value(), schema, where, faults);
        boolean required = direction == Direction.OUT || (!nullable && absent == null);
        boolean maybe = nullable && direction != Direction.EVENT && !(schema instanceof Anything);
        return List.of(
                new Property(name, maybe ? new Maybe(schema) : schema, required, absent, description(component)));
    }

    private static List<Property> ownerMembers(String type, String id, boolean required, boolean nulls) {
        return List.of(
                ownerMember(type, ScalarSchemas.OWNER_TYPE, required, nulls, id),
                ownerMember(id, ScalarSchemas.OWNER_ID, required, nulls, type));
    }

    private static Property ownerMember(String name, Schema schema, boolean required, boolean nulls, String partner) {
        boolean always = required || nulls;
        return new Property(name, nulls ? new Maybe(schema) : schema, always, null, null, always ? null : partner);
    }
}
