package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tax.id_checked}: the standing of a tax id changed.
 *
 * @param taxId with its prefix
 * @param previous the status before; null at the first check
 * @param status in lower snake case: pending, valid, invalid, unavailable …
 * @param transactionIds tax transactions that relied on it
 */
public record TaxIdChecked(
        String id,
        Owner owner,
        String taxId,
        @Nullable String previous,
        String status,
        Instant checkedAt,
        List<String> transactionIds)
        implements EventPayload {

    public TaxIdChecked {
        Checks.subject(id, owner);
        Checks.text(taxId, "TaxIdChecked.taxId");
        Checks.word(status, "TaxIdChecked.status");
        transactionIds = List.copyOf(transactionIds);
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_ID_CHECKED;
    }

    /** Required are id, owner, taxId, status and checkedAt. Unless set: no transactionIds. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String taxId;
        private @Nullable String previous;
        private @Nullable String status;
        private @Nullable Instant checkedAt;
        private List<String> transactionIds = List.of();

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder taxId(String taxId) {
            this.taxId = taxId;
            return this;
        }

        public Builder previous(@Nullable String previous) {
            this.previous = previous;
            return this;
        }

        public Builder status(String status) {
            this.status = status;
            return this;
        }

        public Builder checkedAt(Instant checkedAt) {
            this.checkedAt = checkedAt;
            return this;
        }

        public Builder transactionIds(List<String> transactionIds) {
            this.transactionIds = transactionIds;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public TaxIdChecked build() {
            Checks.given(
                    "TaxIdChecked", "id", id, "owner", owner, "taxId", taxId, "status", status, "checkedAt", checkedAt);
            return new TaxIdChecked(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(taxId),
                    previous,
                    requireNonNull(status),
                    requireNonNull(checkedAt),
                    transactionIds);
        }
    }
}
