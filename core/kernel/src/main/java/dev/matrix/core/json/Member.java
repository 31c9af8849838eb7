package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.matrix.core.Owner;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.wire.Patch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a record's component is within the record's object: one member, two (an owner's), or none (an envelope's). */
sealed interface Member {

    void write(@Nullable Object value, JsonGenerator out) throws IOException;

    @Nullable
    Object read(JsonObject from, Place at);

    /** One member of the component's name; null is left out, or written where the codec keeps nulls. */
    record Single(
            SerializedString name,
            Shape<Object> shape,
            boolean nullable,
            boolean nulls,
            @Nullable Json absent) implements Member {

        Single(SerializedString name, Shape<Object> shape, boolean nullable, boolean nulls) {
            this(name, shape, nullable, nulls, null);
        }

        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            if (value != null) {
                out.writeFieldName(name);
                shape.write(value, out);
            } else if (!nullable) {
                out.writeFieldName(name);
                throw JsonText.unwritable(out, "a value, not null");
            } else if (nulls) {
                out.writeFieldName(name);
                out.writeNull();
            }
        }

        @Override
        public @Nullable Object read(JsonObject from, Place at) {
            Json json = from.get(name.getValue());
            if (json == null && absent != null) {
                return shape.read(absent, at);
            }
            if (json == null || (json instanceof JsonNull && nullable && shape != Scalars.JSON)) {
                if (nullable) {
                    return null;
                }
                at.enter(name.getValue());
                throw at.expected("a value; this member is required");
            }
            at.enter(name.getValue());
            Object value = shape.read(json, at);
            at.leave();
            return value;
        }
    }

    /** An owner x as two members, xType and xId; both are there or neither. */
    record OwnerPair(Single type, Single id) implements Member {

        static OwnerPair of(String component, Shape<Object> type, boolean nullable, boolean nulls) {
            return named(component + "Type", component + "Id", type, nullable, nulls);
        }

        /** As in lists, where no component lends its name. */
        static OwnerPair bare(Shape<Object> type) {
            return named("type", "id", type, false, false);
        }

        private static OwnerPair named(
                String typeName, String idName, Shape<Object> type, boolean nullable, boolean nulls) {
            return new OwnerPair(
                    new Single(new SerializedString(typeName), type, nullable, nulls),
                    new Single(new SerializedString(idName), Scalars.STRING, nullable, nulls));
        }

        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            Owner owner = (Owner) value;
            type.write(owner == null ? null : owner.type(), out);
            id.write(owner == null ? null : owner.id(), out);
        }

        @Override
        public @Nullable Object read(JsonObject from, Place at) {
            Owner.Type ownerType = (Owner.Type) type.read(from, at);
            String ownerId = (String) id.read(from, at);
            if (ownerType == null && ownerId == null) {
                return null;
            }
            if (ownerType == null || ownerId == null) {
                throw at.expected("both or neither of " + type.name() + " and " + id.name());
            }
            at.enter(id.name().getValue());
            Owner owner = Scalars.owner(ownerType, ownerId, at);
            at.leave();
            return owner;
        }
    }

    /** A member of a merge patch: absent keeps, null clears, a value sets (RFC 7396). */
    record Patched(SerializedString name, Shape<Object> shape, boolean clearable) implements Member {

        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            if (value instanceof Patch<?> patch && patch.isPresent()) {
                out.writeFieldName(name);
                Object set = patch.value();
                if (set == null) {
                    out.writeNull();
                } else {
                    shape.write(set, out);
                }
            }
        }

        @Override
        public Object read(JsonObject from, Place at) {
            Json json = from.get(name.getValue());
            if (json == null) {
                return Patch.keep();
            }
            if (json instanceof JsonNull && clearable) {
                return Patch.clear();
            }
            at.enter(name.getValue());
            Object value = shape.read(json, at);
            at.leave();
            return Patch.set(value);
        }
    }

    /** What the envelope holds, such as an event's type. */
    record Envelope() implements Member {

        @Override
        public void write(@Nullable Object value, JsonGenerator out) {}

        @Override
        public @Nullable Object read(JsonObject from, Place at) {
            return at.envelope();
        }
    }
}
