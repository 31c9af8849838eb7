package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.component_changed}: a probed component went up or down.
 *
 * @param from up, down or unknown
 * @param to up, down or unknown
 */
public record SlaComponentChanged(
        String id,
        Owner owner,
        String componentId,
        String from,
        String to,
        Instant since,
        @Nullable String detail) implements EventPayload {

    public SlaComponentChanged {
        Checks.subject(id, owner);
        Checks.text(componentId, "SlaComponentChanged.componentId");
        Checks.word(from, "SlaComponentChanged.from");
        Checks.word(to, "SlaComponentChanged.to");
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_COMPONENT_CHANGED;
    }

    /** Required are id, owner, componentId, from, to and since. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String componentId;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable Instant since;
        private @Nullable String detail;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder componentId(String componentId) {
            this.componentId = componentId;
            return this;
        }

        public Builder from(String from) {
            this.from = from;
            return this;
        }

        public Builder to(String to) {
            this.to = to;
            return this;
        }

        public Builder since(Instant since) {
            this.since = since;
            return this;
        }

        public Builder detail(@Nullable String detail) {
            this.detail = detail;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public SlaComponentChanged build() {
            Checks.given(
                    "SlaComponentChanged",
                    "id",
                    id,
                    "owner",
                    owner,
                    "componentId",
                    componentId,
                    "from",
                    from,
                    "to",
                    to,
                    "since",
                    since);
            return new SlaComponentChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(componentId),
                    requireNonNull(from),
                    requireNonNull(to),
                    requireNonNull(since),
                    detail);
        }
    }
}
