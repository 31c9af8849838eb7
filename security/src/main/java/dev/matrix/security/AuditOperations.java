package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.AuditRequests.GetAuditKey;
import dev.matrix.security.AuditRequests.GetCheckpoint;
import dev.matrix.security.AuditRequests.GetProof;
import dev.matrix.security.AuditRequests.ListEntries;
import dev.matrix.security.AuditViews.AuditEntryView;
import dev.matrix.security.AuditViews.ConsistencyProofView;
import dev.matrix.security.spi.AuditFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Operations on the audit log, for operators. */
record AuditOperations(ApiArea area, StoredAuditLog audit) {

    private static final String TEXT = "text/plain";

    private static final AuditEntryView ENTRY = new AuditEntryView(
            "aud_01kdvdna009xkjgcjvmb5kf650",
            Owner.user("u_contract"),
            "key:key_01kdvdna009xkjgcjvmb5kf651",
            "api_key.issued",
            AuditEntry.Category.ADMIN,
            true,
            Instant.parse("2026-11-02T09:30:00Z"),
            Map.of(),
            Map.of(),
            "{\"v\":1,\"action\":\"api_key.issued\"}");

    private static final ConsistencyProofView PROOF =
            new ConsistencyProofView(1, 2, List.of("bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="));

    List<Operation<?, ?>> all() {
        return List.of(
                area.asking(
                                "audit",
                                Operation.get(
                                        "/v1/security/audit-logs",
                                        ListEntries.class,
                                        Reply.pageOf(AuditEntryView.class)),
                                "listAuditEntries",
                                "Lists audit entries, which itself leaves one, once an hour.")
                        .byOperators()
                        .example(
                                "an owner's",
                                new ListEntries(Owner.user("u_contract"), null, null, null, null, null, 20, null),
                                new Page<>(List.of(ENTRY), null))
                        .handle(this::list),
                area.asking(
                                "audit",
                                Operation.get("/v1/security/audit-logs/key", GetAuditKey.class, Reply.media(TEXT)),
                                "getAuditKey",
                                "Shows the public key that checkpoints are signed by, name+id+key; keep it elsewhere, once.")
                        .byOperators()
                        .example("the key", new GetAuditKey(), null)
                        .handle((q, context) -> text(audit.verifierKey() + "\n")),
                area.asking(
                                "audit",
                                Operation.get(
                                        "/v1/security/audit-logs/checkpoint", GetCheckpoint.class, Reply.media(TEXT)),
                                "getAuditCheckpoint",
                                "Shows the newest signed checkpoint of the audit log, to be kept elsewhere.")
                        .byOperators()
                        .example("the newest", new GetCheckpoint(), null)
                        .handle(this::checkpoint),
                area.asking(
                                "audit",
                                Operation.get(
                                        "/v1/security/audit-logs/proofs",
                                        GetProof.class,
                                        Reply.either(Reply.json(ConsistencyProofView.class), Reply.media(TEXT))),
                                "getAuditProof",
                                "Proves that an entry is in the audit log, or that the log continues what it was.")
                        .byOperators()
                        .example("of two sizes", new GetProof(null, 1L, 2L), PROOF)
                        .handle(this::proof));
    }

    private Page<AuditEntryView> list(ListEntries q, ApiContext context) {
        Actor caller = Actor.key(context.principal().id());
        AuditFilter filter = new AuditFilter(
                q.owner(),
                q.actor(),
                q.action(),
                q.category() == null ? null : q.category().name(),
                q.from(),
                q.to());
        return audit.read(filter, new PageRequest(q.limit(), q.cursor()), caller)
                .map(AuditEntryView::of);
    }

    private static ApiContent text(String content) {
        return ApiContent.of(TEXT, content.getBytes(UTF_8));
    }

    private ApiContent checkpoint(GetCheckpoint q, ApiContext context) {
        return text(audit.checkpoint()
                .orElseThrow(() -> new NotFoundException(
                        "There is no checkpoint yet; one comes some seconds after the first entry.")));
    }

    private Object proof(GetProof q, ApiContext context) {
        if (q.entryId() != null && q.from() == null && q.to() == null) {
            return text(audit.inclusion(q.entryId()).toString());
        }
        if (q.entryId() == null && q.from() != null && q.to() != null) {
            return ConsistencyProofView.of(audit.consistency(q.from(), q.to()));
        }
        throw ApiProblem.of(400, "invalid_request", "A proof needs either entryId, or from and to.");
    }
}
