package dev.matrix.core.json;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.matrix.core.Owner;
import dev.matrix.core.json.Containers.ListShape;
import dev.matrix.core.json.Containers.MapShape;
import dev.matrix.core.json.Containers.SetShape;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.Member.Envelope;
import dev.matrix.core.json.Member.OwnerPair;
import dev.matrix.core.json.Member.Patched;
import dev.matrix.core.json.Member.Single;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.FromEnvelope;
import dev.matrix.core.wire.Int64;
import dev.matrix.core.wire.Patch;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The closed set of types that have a JSON form. Each class is compiled once, then read without locks. */
final class Vocabulary {

    private static final String LIMITS = "; the JSON vocabulary has strings, URIs, zones, booleans, int, long, double,"
            + " BigInteger, BigDecimal, Money, Currency, times, enums, Owner, byte[], Json, records, sealed interfaces of"
            + " records, and lists, sets of comparable values and maps by String of these.";

    private final Map<Class<?>, Shape<Object>> compiled = new ConcurrentHashMap<>();
    private final boolean nulls;
    private final Shape<Object> ownerType = new EnumShape(Owner.Type.class);

    Vocabulary(Currencies currencies, boolean nulls) {
        this.nulls = nulls;
        compiled.putAll(Scalars.ALL);
        Monetary.CurrencyShape currency = new Monetary.CurrencyShape(currencies);
        compiled.put(Currency.class, currency);
        compiled.put(Money.class, new Monetary.MoneyShape(currency));
        compiled.put(Owner.class, new OwnerShape(OwnerPair.bare(ownerType)));
    }

    /** The form of a class; an {@link IllegalArgumentException} names what has none. */
    Shape<Object> shape(Class<?> type) {
        Shape<Object> known = compiled.get(type);
        if (known != null) {
            return known;
        }
        Map<Class<?>, Shape<Object>> fresh = new HashMap<>();
        Shape<Object> shape = compile(type, type.getName(), fresh);
        compiled.putAll(fresh);
        return shape;
    }

    private Shape<Object> compile(Type type, String where, Map<Class<?>, Shape<Object>> fresh) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, where, fresh);
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException(where + " is a " + type.getTypeName() + LIMITS);
        }
        Shape<Object> known = compiled.getOrDefault(plain, fresh.get(plain));
        if (known != null) {
            return known;
        }
        boolean closed = !Json.class.isAssignableFrom(plain) && plain.getTypeParameters().length == 0;
        if (closed && plain.isRecord()) {
            return record(plain, fresh);
        }
        if (closed && plain.isInterface() && plain.isSealed()) {
            return sealed(plain, fresh);
        }
        if (plain.isEnum()) {
            return fresh.computeIfAbsent(plain, EnumShape::new);
        }
        throw new IllegalArgumentException(where + " is a " + plain.getName() + LIMITS);
    }

    private Shape<Object> container(ParameterizedType type, String where, Map<Class<?>, Shape<Object>> fresh) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            return new ListShape(compile(arguments[0], where, fresh));
        }
        if (type.getRawType() == Set.class
                && arguments[0] instanceof Class<?> element
                && Comparable.class.isAssignableFrom(element)) {
            return new SetShape(new ListShape(compile(element, where, fresh)));
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            return new MapShape(compile(arguments[1], where, fresh));
        }
        throw new IllegalArgumentException(where + " is a " + type.getTypeName() + LIMITS);
    }

    private RecordShape record(Class<?> type, Map<Class<?>, Shape<Object>> fresh) {
        RecordShape shape = new RecordShape(type);
        fresh.put(type, shape);
        List<Member> members = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            members.add(member(component, type.getName() + "." + component.getName(), fresh));
        }
        shape.bind(members);
        return shape;
    }

    private Member member(RecordComponent component, String where, Map<Class<?>, Shape<Object>> fresh) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        ApiName renamed = component.getAnnotation(ApiName.class);
        String name = renamed == null ? component.getName() : renamed.value();
        if (component.getType().isAnnotationPresent(FromEnvelope.class)) {
            return new Envelope();
        }
        if (component.getType() == Owner.class) {
            return OwnerPair.of(name, ownerType, nullable, nulls);
        }
        if (component.getType() == Patch.class
                && component.getAnnotatedType() instanceof AnnotatedParameterizedType patch) {
            AnnotatedType of = patch.getAnnotatedActualTypeArguments()[0];
            return new Patched(
                    new SerializedString(name),
                    compile(of.getType(), where, fresh),
                    of.isAnnotationPresent(Nullable.class));
        }
        boolean digits = component.isAnnotationPresent(Int64.class)
                && (component.getType() == long.class || component.getType() == Long.class);
        Shape<Object> value = digits ? Scalars.INT64 : compile(component.getGenericType(), where, fresh);
        Default preset = component.getAnnotation(Default.class);
        Json absent = preset == null ? null : scalar(preset.value(), component.getType());
        return new Single(new SerializedString(name), value, nullable, nulls, absent);
    }

    private static Json scalar(String text, Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return new JsonBoolean(Boolean.parseBoolean(text));
        }
        boolean number = type.isPrimitive() || type == Integer.class || type == Long.class || type == Double.class;
        return number ? new JsonNumber(new BigDecimal(text)) : new JsonString(text);
    }

    private SealedShape sealed(Class<?> type, Map<Class<?>, Shape<Object>> fresh) {
        Map<Class<?>, SealedShape.Case> cases = new LinkedHashMap<>();
        SealedShape shape = new SealedShape(cases);
        fresh.put(type, shape);
        collect(type, type, cases, fresh);
        Set<String> names = new HashSet<>();
        cases.forEach((record, each) -> {
            if (!names.add(each.name())) {
                throw new IllegalArgumentException(type.getName() + " has two records called " + each.name() + ".");
            }
        });
        return shape;
    }

    private void collect(
            Class<?> root, Class<?> type, Map<Class<?>, SealedShape.Case> cases, Map<Class<?>, Shape<Object>> fresh) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isInterface()) {
                collect(root, permitted, cases, fresh);
            } else if (compile(permitted, root.getName(), fresh) instanceof RecordShape record
                    && !has(permitted, SealedShape.TYPE)) {
                cases.put(permitted, new SealedShape.Case(JsonCodec.caseName(permitted), record));
            } else {
                throw new IllegalArgumentException(root.getName() + " permits " + permitted.getName()
                        + ", which isn't a record without a component called type" + LIMITS);
            }
        }
    }

    private static boolean has(Class<?> record, String component) {
        for (RecordComponent each : record.getRecordComponents()) {
            if (each.getName().equals(component)) {
                return true;
            }
        }
        return false;
    }

    /** {@code RatioTimeslices} as {@code ratio_timeslices}. */
    static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
