package dev.matrix.refunds;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import dev.matrix.refunds.spi.DisputeFacts;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers send about disputes. */
final class DisputeRequests {

    private DisputeRequests() {}

    record CreateDispute(
            @Length(min = 1, max = 128) String paymentId,

            @Describe("The provider's id of the dispute.") @Length(min = 1, max = 255)
            String providerRef,

            Money amount,
            @Length(min = 1, max = 255) String reason,

            @Describe("Until when an answer is taken; absent: none is.") @Nullable
            Instant respondBy,

            @Describe("Absent: chargeback.") @Nullable DisputeStage stage,

            @Describe("Absent: needs_response.") @Nullable DisputeStatus status,

            @Describe("What the provider has taken; absent: it reports nothing.") @Nullable
            Money withdrawn,

            @Describe("Which answers the provider takes; absent: none.") @Size(max = 3) @Nullable
            List<DisputeAction> actions) {

        DisputeFacts facts(Instant now) {
            DisputeStatus in = status == null ? DisputeStatus.NEEDS_RESPONSE : status;
            DisputeFacts facts = DisputeFacts.of(providerRef, amount, reason, now)
                    .withStatus(stage == null ? DisputeStage.CHARGEBACK : stage, in, Forms.word(in))
                    .withMovements(withdrawn, null, null);
            Set<DisputeAction> allowed = actions == null ? Set.of() : Set.copyOf(actions);
            return respondBy == null ? facts : facts.withResponse(respondBy, allowed, false);
        }
    }

    record DisputeId(String id) {}

    record ListDisputes(
            @Nullable Owner owner,
            @Length(max = 128) @Nullable String paymentId,
            @Nullable DisputeStatus status,

            @Describe("Those whose answer is due before then.") @Nullable
            Instant dueBefore,

            @Default("20") @Range(min = 1, max = 100) int limit,
            @Length(max = 512) @Nullable String cursor) {}

    record FileBody(
            @Describe("Which of the provider's fields it is for, such as receipt.") @Length(min = 1, max = 64)
            String kind,

            @Length(min = 1, max = 200) String name,
            @Length(min = 1, max = 100) String mediaType,

            @Describe("Base64 of at most 4 MiB.") @Length(min = 1, max = 5_592_408)
            String content) {

        Evidence.File file() {
            try {
                return new Evidence.File(
                        kind, name, mediaType, Base64.getDecoder().decode(content));
            } catch (IllegalArgumentException malformed) {
                throw new InvalidRequestException("The content of file " + name + " is not base64.");
            }
        }
    }

    record SaveEvidence(
            String id,

            @Describe("By the provider's names, such as product_description.")
            @Size(max = 50)
            @Length(min = 1, max = 20_000)
            @Nullable
            Map<String, String> texts,

            @Size(max = 5) @Nullable List<FileBody> files,

            @Describe("Whether it is submitted now; else it is kept as a draft.") @Default("false")
            boolean submit) {

        Evidence evidence() {
            return new Evidence(
                    texts == null ? Map.of() : texts,
                    files == null
                            ? List.of()
                            : files.stream().map(FileBody::file).toList());
        }
    }
}
