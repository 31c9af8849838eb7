package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.wire.ApiVersion;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Size;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who calls, which version its account speaks, and what changed from version to version. */
final class AccountOperations {

    private static final LocalDate EXAMPLE_VERSION = ApiVersion.FIRST.date();

    private final Map<String, RatePolicy> rates;
    private @Nullable Versions versions;
    private @Nullable ApiCatalog catalog;
    private List<LocalDate> supported = List.of();

    AccountOperations(Map<String, RatePolicy> rates) {
        this.rates = rates;
    }

    void bind(Versions settled, ApiCatalog whole) {
        this.versions = settled;
        this.catalog = whole;
        this.supported = whole.versions().stream().map(ApiVersion::date).toList();
    }

    record NoParameters() {}

    @Describe("Who calls, and what it may do.")
    record Caller(
            String principalId,
            Owner owner,
            @Size(max = 1000) List<String> scopes,
            LocalDate version,
            List<LocalDate> supportedVersions,
            CallRate rate) {}

    @Describe("A token bucket: quota units, evenly refilled over the window.")
    record CallRate(String name, int quota, Duration window) {}

    record VersionChoice(
            @Describe("One of supportedVersions.") LocalDate version) {}

    record AccountVersion(LocalDate version, List<LocalDate> supportedVersions) {}

    @Describe("What a version changed.")
    record ApiChange(LocalDate version, @Length(max = 4096) String summary) {}

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.get("/v1/me", NoParameters.class, Reply.json(Caller.class))
                        .id("getCaller")
                        .tag("account")
                        .summary("Says who calls, its scopes, its version and its rate.")
                        .anyKey()
                        .example(
                                "a user's key",
                                new NoParameters(),
                                new Caller(
                                        "key_1",
                                        Owner.user("u_42"),
                                        List.of("events:read"),
                                        EXAMPLE_VERSION,
                                        List.of(EXAMPLE_VERSION),
                                        new CallRate("default", 600, Duration.ofMinutes(1))))
                        .handle((q, context) -> caller(context)),
                Operation.put("/v1/me/api-version", VersionChoice.class, Reply.json(AccountVersion.class))
                        .id("replaceApiVersion")
                        .tag("account")
                        .summary("Pins the account to a version, for calls that name none.")
                        .scope("account:write")
                        .byOwners()
                        .example(
                                "the first version",
                                new VersionChoice(EXAMPLE_VERSION),
                                new AccountVersion(EXAMPLE_VERSION, List.of(EXAMPLE_VERSION)))
                        .handle(this::replace),
                Operation.get("/v1/changelog", NoParameters.class, Reply.pageOf(ApiChange.class))
                        .id("listApiChanges")
                        .tag("account")
                        .summary("Lists what each version changed, newest first.")
                        .anonymous("documentation")
                        .example(
                                "one change",
                                new NoParameters(),
                                new Page<>(List.of(new ApiChange(EXAMPLE_VERSION, "The first version.")), null))
                        .handle((q, context) -> changes()));
    }

    private Versions versions() {
        return requireNonNull(versions, "bound when the dispatcher is built");
    }

    private Caller caller(ApiContext context) {
        ApiPrincipal principal = context.principal();
        RatePolicy rate = requireNonNull(rates.get(Rates.DEFAULT), "a standard rate");
        return new Caller(
                principal.id(),
                principal.owner(),
                principal.scopes().stream().sorted().toList(),
                context.version().date(),
                supported,
                new CallRate(rate.name(), rate.quota(), rate.window()));
    }

    private AccountVersion replace(VersionChoice chosen, ApiContext context) {
        ApiVersion version = versions().parse(chosen.version().toString());
        versions().replace(context.tx(), context.principal().owner(), version, context.now());
        return new AccountVersion(version.date(), supported);
    }

    private Page<ApiChange> changes() {
        List<ApiChange> all = new ArrayList<>();
        requireNonNull(catalog, "bound when the dispatcher is built")
                .changes()
                .forEach(change -> all.add(new ApiChange(change.version().date(), change.summary())));
        all.add(new ApiChange(ApiVersion.FIRST.date(), "The first version."));
        return new Page<>(all, null);
    }
}
