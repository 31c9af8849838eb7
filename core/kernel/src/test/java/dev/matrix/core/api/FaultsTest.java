package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.wire.ApiVersion;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Query;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What build() refuses, all at once. */
class FaultsTest {

    record Holder(Thread thread, Optional<String> maybe) {}

    record Line(int amount) {}

    static final class Other {
        private Other() {}

        record Line(String text) {}
    }

    record TwoLines(Line one, Other.Line two) {}

    record Nothing() {}

    record Bad(
            @Default("x") int number,
            @Pattern("[") String text,
            @Query Line line) {}

    private static <Q extends Record> Operation.Draft<Q, Void> draft(String id, String path, Class<Q> request) {
        return Operation.post(path, request, Reply.none())
                .id(id)
                .tag("things")
                .summary("Does.")
                .anyKey()
                .byOwners();
    }

    private static String faults(Operation<?, ?>... operations) {
        return faults(List.of(), operations);
    }

    private static String faults(List<VersionChange> changes, Operation<?, ?>... operations) {
        ApiModule module = new ApiModule() {
            @Override
            public String name() {
                return "things";
            }

            @Override
            public List<Operation<?, ?>> operations() {
                return List.of(operations);
            }

            @Override
            public List<VersionChange> changes() {
                return changes;
            }
        };
        ApiDispatcherBuilder builder = ApiDispatcher.on(
                        Matrix.builder().stores(Stores.inMemory()).build())
                .modules(module)
                .authenticator(new Keys());
        try {
            builder.build();
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    @Tag("H6")
    @Tag("C2")
    void everyFaultIsListedAtOnce() {
        String all = faults(
                draft("keepHolder", "/v1/holders", Holder.class)
                        .example("e", new Holder(new Thread(), Optional.empty()), null)
                        .handle((q, c) -> null),
                draft("keepLines", "/v1/lines", TwoLines.class)
                        .example("e", new TwoLines(new Line(1), new Other.Line("a")), null)
                        .handle((q, c) -> null),
                Operation.post("/v1/open", Nothing.class, Reply.none())
                        .id("keepLines")
                        .handle((q, c) -> null),
                draft("dropThing", "/v1/open", Nothing.class)
                        .example("e", new Nothing(), null)
                        .handle((q, c) -> null));

        assertThat(all)
                .contains("Holder.thread: java.lang.Thread isn't of the JSON vocabulary")
                .contains("Holder.maybe: java.util.Optional")
                .contains("are called Line; rename one by @ApiName")
                .contains("keepLines (POST /v1/open): it has no access decision")
                .contains("keepLines (POST /v1/open): it writes, and doesn't say for whom: byOwners() or byOperators()")
                .contains("keepLines (POST /v1/open): it has no example")
                .contains("keepLines (POST /v1/open): it has no summary")
                .contains("keepLines (POST /v1/open): another operation has this id")
                .contains("dropThing (POST /v1/open): another operation has this method and route");
    }

    @Test
    @Tag("H6")
    void annotationsAndPathsAreChecked() {
        String all = faults(
                draft("keepBad", "/v1/bad/{id}", Bad.class)
                        .example("e", new Bad(1, "", new Line(1)), null)
                        .rate("none")
                        .handle((q, c) -> null),
                draft("keepSdk", "/v1/a", Nothing.class)
                        .example("e", new Nothing(), null)
                        .handle((q, c) -> null),
                draft("keepThingsSdk", "/v1/b", Nothing.class)
                        .example("e", new Nothing(), null)
                        .status(404)
                        .handle((q, c) -> null),
                draft("dropLate", "/v1/c", Nothing.class)
                        .example("e", new Nothing(), null)
                        .deprecated(
                                LocalDate.parse("2026-01-02"),
                                LocalDate.parse("2026-01-01"),
                                URI.create("https://x.example"))
                        .handle((q, c) -> null));

        assertThat(all)
                .contains("its @Default isn't a value of its type")
                .contains("its @Pattern isn't a regular expression")
                .contains("line is no scalar or list of scalars, so it can't stand in the query")
                .contains("no component of dev.matrix.core.api.FaultsTest$Bad is called id")
                .contains("there is no rate none")
                .contains("its status is 200 to 299")
                .contains("SDKs would call it things.keepSdk, as keepSdk")
                .contains("its sunset lies before its deprecation");
    }

    @Test
    @Tag("H11")
    void aScopeOfAdministratorsIsForOperators() {
        assertThat(faults(draft("dropAll", "/v1/all", Nothing.class)
                        .scope("things:admin")
                        .example("e", new Nothing(), null)
                        .handle((q, c) -> null)))
                .contains("dropAll (POST /v1/all): a scope that ends in :admin is for operators: add byOperators()");
    }

    @Test
    @Tag("H6")
    void anExampleOffItsSchemaIsAFault() {
        String all = faults(
                draft("keepText", "/v1/texts", Other.Line.class)
                        .example("too long", new Other.Line("x".repeat(257)), null)
                        .handle((q, c) -> null),
                Operation.get("/v1/none", Nothing.class, Reply.json(Nothing.class))
                        .id("getNothing")
                        .tag("things")
                        .summary("Gets.")
                        .anyKey()
                        .example("null reply", new Nothing(), null)
                        .handle((q, c) -> q));

        assertThat(all)
                .contains("keepText (POST /v1/texts), example too long")
                .contains("pointer=/text, code=length")
                .contains("its reply isn't one of the operation's");
    }

    @Test
    @Tag("H17")
    void changesNameWhatThereIs() {
        Operation<?, ?> fine = draft("keepThing", "/v1/things", Nothing.class)
                .example("e", new Nothing(), null)
                .handle((q, c) -> null);

        assertThat(faults(fine)).isEmpty();
        assertThat(faults(
                        List.of(new VersionChange(
                                ApiVersion.of("2026-12-01"),
                                "none",
                                List.of(new VersionChange.Renamed("Nothing", "a", "b")))),
                        fine))
                .contains("change of Nothing in 2026-12-01: it has no member b");
        assertThat(faults(
                        List.of(new VersionChange(
                                ApiVersion.FIRST,
                                "none",
                                List.of(
                                        new VersionChange.Renamed("Ghost", "a", "b"),
                                        new VersionChange.OperationRemoved("ghost")))),
                        fine))
                .contains("changes come after the first version")
                .contains("change of Ghost: there is no such type")
                .contains("change that removes ghost: there is no such operation");
    }

    @Test
    void hostsAreCheckedToo() {
        ApiDispatcherBuilder builder = ApiDispatcher.on(
                        Matrix.builder().stores(Stores.inMemory()).build())
                .modules(
                        new Notes(Stores.inMemory().transactions(), false),
                        new Notes(Stores.inMemory().transactions(), false))
                .cors("*")
                .deprecate(
                        ApiVersion.of("2030-01-01"),
                        new Deprecation(
                                LocalDate.parse("2026-01-02"),
                                LocalDate.parse("2026-01-01"),
                                URI.create("https://x.example")));

        assertThatThrownBy(builder::build)
                .hasMessageContaining("module notes: there are two of that name")
                .hasMessageContaining("authenticator: nobody could call")
                .hasMessageContaining("never *")
                .hasMessageContaining("deprecated version 2030-01-01: there is no such version");
    }

    @Test
    @Tag("H7")
    void repliesOffTheirSchemaAreFound() {
        ApiBench checked = ApiBench.create();
        ApiBench unchecked = ApiBench.with(b -> b.checkReplies(false));
        String tooLong = "/v1/notes";
        checked.matrix.transactions().inTransaction(tx -> checked.notes.rows.put(tx, "note_9", oversized()));
        unchecked.matrix.transactions().inTransaction(tx -> unchecked.notes.rows.put(tx, "note_9", oversized()));

        assertThat(checked.get(tooLong).as("alice").send().status()).isEqualTo(500);
        assertThat(unchecked.get(tooLong).as("alice").send().status()).isEqualTo(200);
    }

    private static Notes.Note oversized() {
        return new Notes.Note("note_9", ApiBench.ALICE, "x".repeat(257), null, 1, Map.of(), 1);
    }
}
