package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * {@code security.second_factor_changed}: a person's second factor was added, removed or reset.
 *
 * @param deviceId null where no single device changed
 * @param change in lower snake case, such as confirmed
 */
public record SecuritySecondFactorChanged(
        String id, Owner owner, String subjectId, @Nullable String deviceId, String change) implements EventPayload {

    public SecuritySecondFactorChanged {
        Checks.subject(id, owner);
        Checks.text(subjectId, "SecuritySecondFactorChanged.subjectId");
        Checks.word(change, "SecuritySecondFactorChanged.change");
    }

    @Override
    public EventType type() {
        return EventTypes.SECURITY_SECOND_FACTOR_CHANGED;
    }

    /** Required are id, owner, subjectId and change. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String subjectId;
        private @Nullable String deviceId;
        private @Nullable String change;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder subjectId(String subjectId) {
            this.subjectId = subjectId;
            return this;
        }

        public Builder deviceId(@Nullable String deviceId) {
            this.deviceId = deviceId;
            return this;
        }

        public Builder change(String change) {
            this.change = change;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public SecuritySecondFactorChanged build() {
            Checks.given(
                    "SecuritySecondFactorChanged", "id", id, "owner", owner, "subjectId", subjectId, "change", change);
            return new SecuritySecondFactorChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(subjectId),
                    deviceId,
                    requireNonNull(change));
        }
    }
}
