package dev.matrix.core.api;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.ApiVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Settles which version a call speaks. */
final class Versions {

    static final String HEADER = "Matrix-Version";

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(60);

    private final VersionLadder ladder;
    private final Map<ApiVersion, Deprecation> deprecations;
    private final Transactions transactions;
    private final ApiPinStore pins;
    private final Map<Owner, Pin> remembered = new ConcurrentHashMap<>();

    private record Pin(ApiVersion version, Instant until) {}

    Versions(
            VersionLadder ladder,
            Map<ApiVersion, Deprecation> deprecations,
            Transactions transactions,
            ApiPinStore pins) {
        this.ladder = ladder;
        this.deprecations = Map.copyOf(deprecations);
        this.transactions = transactions;
        this.pins = pins;
    }

    /**
     * The version of a call: its header, else the principal's, else the account's pin, made by its first call.
     *
     * @param principal null: anonymous, which speaks the newest
     * @throws ApiProblem 400 for a version that there isn't, or that is retired
     */
    ApiVersion of(@Nullable String header, @Nullable ApiPrincipal principal, Instant now) {
        ApiVersion version = header != null
                ? parse(header)
                : principal == null
                        ? ladder.newest()
                        : principal.version() != null ? principal.version() : pin(principal.owner(), now);
        if (!ladder.ascending().contains(version)) {
            throw unsupported();
        }
        Deprecation end = deprecations.get(version);
        if (end != null && isOver(end, now)) {
            throw withList(ApiProblem.of(
                    400, "version_retired", "The version " + version + " was served to " + end.sunset() + "."));
        }
        return version;
    }

    /** A version that is served; 400 otherwise. */
    ApiVersion parse(String text) {
        try {
            ApiVersion version = ApiVersion.of(text);
            if (ladder.ascending().contains(version)) {
                return version;
            }
            throw unsupported();
        } catch (InvalidRequestException e) {
            throw unsupported();
        }
    }

    private ApiProblem unsupported() {
        return withList(ApiProblem.of(400, "unsupported_version", "There is no such version; see supportedVersions."));
    }

    private ApiProblem withList(ApiProblem problem) {
        return problem.with("supportedVersions", supported());
    }

    /** Every version, newest first. */
    List<String> supported() {
        List<String> texts = new ArrayList<>(
                ladder.ascending().stream().map(ApiVersion::toString).toList());
        Collections.reverse(texts);
        return texts;
    }

    private ApiVersion pin(Owner account, Instant now) {
        Pin known = remembered.get(account);
        if (known != null && known.until().isAfter(now)) {
            return known.version();
        }
        return transactions.returning(tx -> {
            ApiVersion pinned = pins.find(tx, account).orElseGet(() -> pins.pin(tx, account, ladder.newest(), now));
            tx.afterCommit(() -> remember(account, pinned, now));
            return pinned;
        });
    }

    /** Pins an account to a version from now on. */
    void replace(Tx tx, Owner account, ApiVersion version, Instant now) {
        pins.replace(tx, account, version, now);
        tx.afterCommit(() -> remember(account, version, now), () -> remembered.remove(account));
    }

    private void remember(Owner account, ApiVersion version, Instant now) {
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(account, new Pin(version, now.plus(REMEMBERED_FOR)));
    }

    @Nullable
    Deprecation deprecation(ApiVersion version) {
        return deprecations.get(version);
    }

    static boolean isOver(Deprecation end, Instant now) {
        return !now.isBefore(
                end.sunset().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
