package dev.matrix.core.json;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.Containers.ListShape;
import dev.matrix.core.json.Containers.MapShape;
import dev.matrix.core.json.Containers.SetShape;
import dev.matrix.core.json.Member.Envelope;
import dev.matrix.core.json.Member.OwnerPair;
import dev.matrix.core.json.Member.Single;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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

/** The closed set of types that have a JSON form (api.md, H5). Each class is compiled once, then read without locks. */
final class Vocabulary {

    private static final String LIMITS = "; the JSON vocabulary has strings, URIs, zones, booleans, int, long, double,"
            + " BigInteger, BigDecimal, Money, Currency, times, enums, Owner, byte[], Json, records, sealed interfaces of"
            + " records, and lists, sets of comparable values and maps by String of these.";

    private final Map<Class<?>, Shape<Object>> compiled = new ConcurrentHashMap<>();
    private final Shape<Object> ownerType = new EnumShape(Owner.Type.class);

    Vocabulary(Currencies currencies) {
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
            String name = component.getName();
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (component.getType() == EventType.class) {
                members.add(new Envelope());
            } else if (component.getType() == Owner.class) {
                members.add(OwnerPair.of(name, ownerType, nullable));
            } else {
                Shape<Object> value = compile(component.getGenericType(), type.getName() + "." + name, fresh);
                members.add(new Single(new SerializedString(name), value, nullable));
            }
        }
        shape.bind(members);
        return shape;
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
                cases.put(permitted, new SealedShape.Case(snake(permitted.getSimpleName()), record));
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
