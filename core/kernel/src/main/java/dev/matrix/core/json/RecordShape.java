package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.MatrixException;
import dev.matrix.core.json.Json.JsonObject;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as an object: one member per component, in their order. Members that it doesn't know are ignored. */
final class RecordShape implements Shape<Object> {

    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType MAKER = MethodType.methodType(Object.class, Object[].class);

    private final String name;
    private final MethodHandle maker;
    private final MethodHandle[] getters;
    private Member[] members = {};

    RecordShape(Class<?> type) {
        this.name = type.getSimpleName();
        RecordComponent[] components = type.getRecordComponents();
        this.getters = new MethodHandle[components.length];
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            for (int i = 0; i < components.length; i++) {
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                getters[i] = MethodHandles.lookup().unreflect(accessor).asType(GETTER);
            }
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            maker = MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, types.length)
                    .asType(MAKER);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("The record " + type.getName() + " can't be reached by reflection.", e);
        }
    }

    /** Completes this shape; apart from the constructor, so that a record may hold lists of itself. */
    void bind(List<Member> all) {
        members = all.toArray(Member[]::new);
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeMembers(value, out);
        out.writeEndObject();
    }

    void writeMembers(Object value, JsonGenerator out) throws IOException {
        for (int i = 0; i < members.length; i++) {
            members[i].write(component(i, value), out);
        }
    }

    @Override
    public Object read(Json json, Place at) {
        if (!(json instanceof JsonObject object)) {
            throw at.expected("an object");
        }
        @Nullable Object[] values = new @Nullable Object[members.length];
        for (int i = 0; i < members.length; i++) {
            values[i] = members[i].read(object, at);
        }
        return make(values, at);
    }

    private @Nullable Object component(int i, Object value) {
        try {
            return (Object) getters[i].invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("An accessor of " + name + " threw.", e);
        }
    }

    private Object make(@Nullable Object[] values, Place at) {
        try {
            return (Object) maker.invokeExact(values);
        } catch (MatrixException e) {
            throw at.expected("values that a " + name + " accepts (" + e.getMessage() + ")", e);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw at.expected("values that a " + name + " accepts", e);
        }
    }
}
