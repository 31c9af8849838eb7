package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.SecurityRequests.IssueKey;
import dev.matrix.security.SecurityRequests.KeyId;
import dev.matrix.security.SecurityRequests.ListKeys;
import dev.matrix.security.SecurityRequests.RotateKey;
import dev.matrix.security.SecurityViews.ApiKeyView;
import dev.matrix.security.SecurityViews.IssuedApiKeyView;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operations on API keys. The reply that shows a key is kept sealed for its idempotency key; nothing else shows it again. */
record KeyOperations(ApiArea area, ApiKeys keys, ScopeAccess scopes) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post(
                                        "/v1/security/api-keys", IssueKey.class, Reply.json(IssuedApiKeyView.class)),
                                "issueApiKey",
                                "Issues an API key and shows it, this once.")
                        .byOwners()
                        .status(201)
                        .example("for reading", SecurityExamples.ISSUE, SecurityExamples.ISSUED)
                        .handle(this::issue),
                area.reading(
                                Operation.get("/v1/security/api-keys", ListKeys.class, Reply.pageOf(ApiKeyView.class)),
                                "listApiKeys",
                                "Lists an owner's API keys, ended ones too.")
                        .byOwners()
                        .example(
                                "an owner's",
                                SecurityExamples.LIST_KEYS,
                                new Page<>(List.of(SecurityExamples.KEY_VIEW), null))
                        .handle(this::list),
                area.writing(
                                Operation.delete("/v1/security/api-keys/{id}", KeyId.class, Reply.none()),
                                "revokeApiKey",
                                "Ends an API key at once.")
                        .byOwners()
                        .example("a key", SecurityExamples.KEY_ID, null)
                        .handle(this::revoke),
                area.writing(
                                Operation.post(
                                        "/v1/security/api-keys/{id}/rotations",
                                        RotateKey.class,
                                        Reply.json(IssuedApiKeyView.class)),
                                "rotateApiKey",
                                "Replaces an API key; both work during the overlap.")
                        .byOwners()
                        .status(201)
                        .example("within a day", SecurityExamples.ROTATE, SecurityExamples.ROTATED)
                        .handle(this::rotate));
    }

    private static Actor caller(ApiContext context) {
        return Actor.key(context.principal().id());
    }

    private IssuedApiKeyView issue(IssueKey q, ApiContext context) {
        Owner owner = context.owner(q.owner());
        Set<String> wanted = new TreeSet<>(q.scopes());
        wanted.removeAll(context.principal().scopes());
        if (!wanted.isEmpty()) {
            throw ApiProblem.of(
                    403,
                    "insufficient_scope",
                    "A key gives no scope that it doesn't hold itself; yours lacks " + wanted + ".");
        }
        return IssuedApiKeyView.of(
                keys.issue(context.tx(), owner, q.name(), Set.copyOf(q.scopes()), q.expiresAt(), caller(context)));
    }

    private Page<ApiKeyView> list(ListKeys q, ApiContext context) {
        return keys.list(context.owner(q.owner()), new PageRequest(q.limit(), q.cursor()))
                .map(ApiKeyView::of);
    }

    @Nullable
    private Void revoke(KeyId q, ApiContext context) {
        Owner owner = scopes.ownerOfKey(context, q.id());
        keys.revoke(context.tx(), owner, q.id(), caller(context));
        return null;
    }

    private IssuedApiKeyView rotate(RotateKey q, ApiContext context) {
        Owner owner = scopes.ownerOfKey(context, q.id());
        return IssuedApiKeyView.of(keys.rotate(context.tx(), owner, q.id(), q.overlap(), caller(context)));
    }
}
