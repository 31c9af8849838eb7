package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code api_key.created}, {@code .rotated}, {@code .revoked} and {@code .expired}.
 *
 * @param hint enough to recognise the key, never the key
 */
public record ApiKeyChanged(
        String id,
        Owner owner,
        EventType type,
        String name,
        String hint,
        List<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable String actor,
        @Nullable String reason,
        Instant at)
        implements EventPayload {

    public ApiKeyChanged {
        Checks.subject(id, owner);
        Checks.type(type, ApiKeyChanged.class);
        Checks.text(name, "ApiKeyChanged.name");
        scopes = List.copyOf(scopes);
    }

    /** Required are id, owner, type, name, hint and at. Unless set: no scopes. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable EventType type;
        private @Nullable String name;
        private @Nullable String hint;
        private List<String> scopes = List.of();
        private @Nullable Instant expiresAt;
        private @Nullable String actor;
        private @Nullable String reason;
        private @Nullable Instant at;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder type(EventType type) {
            this.type = type;
            return this;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder hint(String hint) {
            this.hint = hint;
            return this;
        }

        public Builder scopes(List<String> scopes) {
            this.scopes = scopes;
            return this;
        }

        public Builder expiresAt(@Nullable Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        public Builder actor(@Nullable String actor) {
            this.actor = actor;
            return this;
        }

        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public ApiKeyChanged build() {
            Checks.given("ApiKeyChanged", "id", id, "owner", owner, "type", type, "name", name, "hint", hint, "at", at);
            return new ApiKeyChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(type),
                    requireNonNull(name),
                    requireNonNull(hint),
                    scopes,
                    expiresAt,
                    actor,
                    reason,
                    requireNonNull(at));
        }
    }
}
