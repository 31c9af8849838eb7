package dev.matrix.core.api;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Patch;
import dev.matrix.core.wire.Range;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A feature as small as one can be: notes that owners keep, over the in-memory stores. */
final class Notes implements ApiModule {

    record Note(
            String id,
            Owner owner,
            String memo,
            @Nullable String title,
            int stars,
            Map<String, String> labels,
            int version) {}

    record CreateNote(
            @Nullable Owner owner,
            @Length(min = 1) String memo,
            @Nullable String title,
            @Default("3") @Range(min = 0, max = 5) int stars,
            @Nullable BigDecimal weight,
            @Nullable Map<String, String> labels) {}

    record NoteSearch(
            @Nullable Owner owner,
            List<String> tag,
            @Nullable LocalDate since,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record ById(String id) {}

    record ChangeNote(String id, Patch<String> memo, Patch<@Nullable String> title) {}

    record Raw() {}

    record Chart(String id) {}

    final MemoryTable<String, Note> rows = new MemoryTable<>();
    final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger ids = new AtomicInteger();
    private final Transactions transactions;
    private final List<VersionChange> changes;
    private final boolean strict;

    Notes(Transactions transactions, boolean strict, VersionChange... changes) {
        this.transactions = transactions;
        this.strict = strict;
        this.changes = List.of(changes);
    }

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public List<VersionChange> changes() {
        return changes;
    }

    @Override
    public List<ApiResource> resources() {
        return List.of(ApiResource.of(
                "/notes/help.txt", "text/plain", "help".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private static Note example() {
        return new Note("note_1", Owner.user("u_1"), "buy milk", null, 3, Map.of(), 1);
    }

    @Override
    public List<Operation<?, ?>> operations() {
        List<Operation<?, ?>> all = new ArrayList<>();
        all.add(Operation.post("/v1/notes", CreateNote.class, Reply.json(Note.class))
                .id("createNote")
                .tag("notes")
                .summary("Keeps a note.")
                .scope("notes:write")
                .byOwners()
                .etag(note -> Integer.toString(note.version()))
                .error("note_refused", 422, "The note isn't one that is kept")
                .example("milk", new CreateNote(null, "buy milk", null, 3, null, null), example())
                .handle(this::create));
        all.add(Operation.get("/v1/notes", NoteSearch.class, Reply.pageOf(Note.class))
                .id("listNotes")
                .tag("notes")
                .summary("Lists notes.")
                .scope("notes:read")
                .example(
                        "first page",
                        new NoteSearch(null, List.of(), null, 20, null),
                        new Page<>(List.of(example()), null))
                .handle(this::list));
        all.add(Operation.get("/v1/notes/{id}", ById.class, Reply.json(Note.class))
                .id("getNote")
                .tag("notes")
                .summary("Gets a note.")
                .scope("notes:read")
                .etag(note -> Integer.toString(note.version()))
                .example("milk", new ById("note_1"), example())
                .handle((q, context) -> transactions.returning(tx -> find(tx, q.id(), context))));
        all.add(Operation.patch("/v1/notes/{id}", ChangeNote.class, Reply.json(Note.class))
                .id("updateNote")
                .tag("notes")
                .summary("Changes a note.")
                .scope("notes:write")
                .byOwners()
                .etag(note -> Integer.toString(note.version()))
                .example("a title", new ChangeNote("note_1", Patch.keep(), Patch.set("list")), example())
                .handle(this::change));
        all.add(delete());
        all.add(Operation.get("/v1/notes/{id}.svg", Chart.class, Reply.media("image/svg+xml"))
                .id("getNoteChart")
                .tag("notes")
                .summary("Draws a note.")
                .scope("notes:read")
                .rate("heavy")
                .example("milk", new Chart("note_1"), null)
                .handle((q, context) ->
                        ApiContent.of("image/svg+xml", q.id().getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        all.add(Operation.post("/v1/notifications", Raw.class, Reply.none())
                .id("receiveNotification")
                .tag("notes")
                .summary("Takes a provider's word.")
                .anonymous("providers sign what they send")
                .key(KeyMode.UNUSED)
                .rate("notifications")
                .rawBody()
                .maxBody(1 << 10)
                .example("one", new Raw(), null)
                .handle((q, context) -> {
                    context.header("X-Length", Integer.toString(context.rawBody().length));
                    context.header(
                            "X-Signature", String.valueOf(context.headers().first("signature")));
                    return null;
                }));
        return all;
    }

    private Operation<?, ?> delete() {
        Operation.Draft<ById, Void> draft = Operation.delete("/v1/notes/{id}", ById.class, Reply.none())
                .id("deleteNote")
                .tag("notes")
                .summary("Forgets a note.")
                .scope("notes:write")
                .byOwners()
                .example("milk", new ById("note_1"), null);
        return (strict ? draft.requireIfMatch() : draft).handle((q, context) -> {
            context.requireVersion(
                    Integer.toString(find(context.tx(), q.id(), context).version()));
            rows.remove(context.tx(), q.id());
            return null;
        });
    }

    private Note create(CreateNote q, ApiContext context) {
        ran.incrementAndGet();
        Owner owner = context.owner(q.owner());
        Note note = new Note(
                "note_" + ids.incrementAndGet(),
                owner,
                q.memo(),
                q.title(),
                q.stars(),
                q.labels() == null ? Map.of() : q.labels(),
                1);
        rows.put(context.tx(), note.id(), note);
        switch (q.memo()) {
            case "boom" -> throw new IllegalStateException("select secret from notes where sql='x'");
            case "refuse" ->
                throw ApiProblem.of(422, "note_refused", "No.").with("limit", 3).at("/memo", "taste", "Not this.");
            case "invalid" -> throw new dev.matrix.core.InvalidRequestException("Not such a note.");
            case "conflict" -> throw new dev.matrix.core.ConflictException("There is one.");
            case "provider" -> throw new dev.matrix.core.ProviderException("Away.");
            case "storage" -> throw new dev.matrix.core.StorageException("Away.");
            case "lost commit" ->
                throw new dev.matrix.core.OutcomeUnknownException("Away.", new java.io.IOException("cut"));
            case "unencodable" -> {
                return new Note("note_x", owner, "x\ud800", null, 1, Map.of(), 1);
            }
            default -> {
                return note;
            }
        }
    }

    private Note find(Tx tx, String id, ApiContext context) {
        Note note = rows.get(tx, id);
        if (note == null || !context.principal().mayActFor(note.owner())) {
            throw new NotFoundException("No note " + id + ".");
        }
        return note;
    }

    private Note change(ChangeNote q, ApiContext context) {
        Note note = find(context.tx(), q.id(), context);
        context.requireVersion(Integer.toString(note.version()));
        Note changed = new Note(
                note.id(),
                note.owner(),
                q.memo().applyTo(note.memo()),
                q.title().applyTo(note.title()),
                note.stars(),
                note.labels(),
                note.version() + 1);
        rows.put(context.tx(), note.id(), changed);
        return changed;
    }

    private Page<Note> list(NoteSearch q, ApiContext context) {
        Owner owner = context.ownerFilter(q.owner()).orElse(null);
        return transactions.returning(tx -> {
            List<Note> found = rows.rows(tx).tailMap(q.cursor() == null ? "" : q.cursor(), false).values().stream()
                    .filter(note -> owner == null || note.owner().equals(owner))
                    .limit(q.limit() + 1L)
                    .toList();
            return Page.of(found, dev.matrix.core.PageRequest.first(q.limit()), Note::id);
        });
    }
}
