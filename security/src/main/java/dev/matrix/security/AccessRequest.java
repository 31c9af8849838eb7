package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.net.ClientAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to do.
 *
 * @param owner whom the caller belongs to
 * @param subjectId the person who calls, as the host names it; null: none
 * @param groups the owner's groups that the caller is in; more than 32 are denied
 * @param apiKeyId the API key that calls; null: none
 * @param client where the caller is
 * @param level how much the action asks for
 * @param action what is done, for the records, such as {@code refund.create}
 * @param secondFactorAt when the caller last proved a second factor; null: never
 */
public record AccessRequest(
        Owner owner,
        @Nullable String subjectId,
        Set<String> groups,
        @Nullable String apiKeyId,
        ClientAddress client,
        SecurityLevel level,
        String action,
        @Nullable Instant secondFactorAt) {

    public AccessRequest {
        requireNonNull(owner, "owner");
        groups = Set.copyOf(groups);
        requireNonNull(client, "client");
        requireNonNull(level, "level");
        requireNonNull(action, "action");
    }

    /** A request of an owner's, at level LOW, without groups, key and second factor. */
    public static AccessRequest of(Owner owner, ClientAddress client, String action) {
        return new AccessRequest(owner, null, Set.of(), null, client, SecurityLevel.LOW, action, null);
    }

    /** This request, in these groups. */
    public AccessRequest groups(Set<String> names) {
        return new AccessRequest(owner, subjectId, names, apiKeyId, client, level, action, secondFactorAt);
    }

    /** This request, by that API key. */
    public AccessRequest apiKey(@Nullable String id) {
        return new AccessRequest(owner, subjectId, groups, id, client, level, action, secondFactorAt);
    }

    /** This request, at that level. */
    public AccessRequest level(SecurityLevel asked) {
        return new AccessRequest(owner, subjectId, groups, apiKeyId, client, asked, action, secondFactorAt);
    }

    /** This request of that person. */
    public AccessRequest subject(@Nullable String id) {
        return new AccessRequest(owner, id, groups, apiKeyId, client, level, action, secondFactorAt);
    }

    /** This request, with a second factor proved then. */
    public AccessRequest secondFactorAt(@Nullable Instant at) {
        return new AccessRequest(owner, subjectId, groups, apiKeyId, client, level, action, at);
    }
}
