package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.api.VersionChange;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Int64;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Patch;
import dev.matrix.core.wire.Range;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A small real module, with one of everything that tools have to show: its pictures are kept in memory. */
final class GalleryApi implements ApiModule {

    private static final Instant HUNG = Instant.parse("2026-11-01T09:30:00Z");
    private static final Picture EXAMPLE = new Picture(
            "pic_1",
            "Composition VIII",
            "A circle above all",
            State.SHOWN,
            Money.of("1200.00", "EUR"),
            9007199254740993L,
            List.of("abstract", "oil"),
            new Circle(2.5),
            Owner.user("u_42"),
            HUNG);

    private final Map<String, Picture> pictures = new ConcurrentSkipListMap<>();
    private final List<VersionChange> changes;
    private final List<Operation<?, ?>> operations;

    enum State {
        SHOWN,
        STORED
    }

    @Describe("What is on a picture above all.")
    sealed interface Motif {}

    record Circle(@Range(min = 0, max = 100) double radius) implements Motif {}

    record Square(@Range(min = 0, max = 100) int side) implements Motif {}

    @Describe("A picture of the gallery.")
    record Picture(
            String id,
            @Describe("As on the plate.") String title,
            @Nullable String note,
            State state,
            @Nullable Money price,
            @Int64 long views,
            List<String> tags,
            @Nullable Motif motif,
            Owner owner,
            Instant hungAt) {}

    record NewPicture(
            @Length(min = 1, max = 80) @Describe("As on the plate; 1 to 80 characters.")
            String title,

            @Nullable @Length(max = 500) String note,
            @Default("shown") @Describe("Where it starts.") State state,
            @Nullable Money price,
            @Nullable List<String> tags,
            @Nullable Motif motif,

            @Nullable @Describe("Where visitors read more; <u id=markup>this</u> is text.")
            URI link) {}

    record PictureChange(String id, Patch<String> note, Patch<State> state) {}

    record PictureId(String id) {}

    record PictureList(
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable String cursor,
            @Nullable State state,
            @Nullable List<String> tag) {}

    GalleryApi(List<VersionChange> changes) {
        this.changes = changes;
        operations = List.of(
                Operation.post("/v1/pictures", NewPicture.class, Reply.json(Picture.class))
                        .id("createPicture")
                        .tag("pictures")
                        .summary("Hangs a picture.")
                        .scope("pictures:write")
                        .byOwners()
                        .error("wall_full", 422, "No wall has room")
                        .example(
                                "a circle",
                                new NewPicture(
                                        "Composition VIII",
                                        "A circle above all",
                                        State.SHOWN,
                                        Money.of("1200.00", "EUR"),
                                        List.of("abstract", "oil"),
                                        new Circle(2.5),
                                        URI.create("https://example.com/viii")),
                                EXAMPLE)
                        .handle((q, context) -> hang(q)),
                Operation.get("/v1/pictures", PictureList.class, Reply.pageOf(Picture.class))
                        .id("listPictures")
                        .tag("pictures")
                        .summary("Lists pictures, newest last.")
                        .scope("pictures:read")
                        .example(
                                "what is shown",
                                new PictureList(2, null, State.SHOWN, List.of("oil")),
                                new Page<>(List.of(EXAMPLE), null))
                        .handle((q, context) -> list(q)),
                Operation.get("/v1/pictures/{id}", PictureId.class, Reply.json(Picture.class))
                        .id("getPicture")
                        .tag("pictures")
                        .summary("Reads a picture.")
                        .scope("pictures:read")
                        .etag(Picture::title)
                        .example("one", new PictureId("pic_1"), EXAMPLE)
                        .handle((q, context) -> find(q.id())),
                Operation.patch("/v1/pictures/{id}", PictureChange.class, Reply.json(Picture.class))
                        .id("updatePicture")
                        .tag("pictures")
                        .summary("Changes a picture's note or state.")
                        .scope("pictures:write")
                        .byOwners()
                        .example(
                                "a new note",
                                new PictureChange("pic_1", Patch.set("Moved to hall 2"), Patch.keep()),
                                EXAMPLE)
                        .handle((q, context) -> find(q.id())),
                Operation.delete("/v1/pictures/{id}", PictureId.class, Reply.none())
                        .id("deletePicture")
                        .tag("pictures")
                        .summary("Takes a picture down.")
                        .scope("pictures:write")
                        .byOwners()
                        .example("one", new PictureId("pic_1"), null)
                        .handle((q, context) -> {
                            pictures.remove(q.id());
                            return null;
                        }),
                Operation.get("/v1/pictures/{id}.svg", PictureId.class, Reply.media("image/svg+xml"))
                        .id("getPictureSvg")
                        .tag("pictures")
                        .summary("Draws a picture.")
                        .scope("pictures:read")
                        .example(
                                "one", new PictureId("pic_1"), ApiContent.of("image/svg+xml", "<svg/>".getBytes(UTF_8)))
                        .handle((q, context) -> ApiContent.of(
                                "image/svg+xml",
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><circle cx=\"5\" cy=\"5\" r=\"4\"/></svg>"
                                        .getBytes(UTF_8))));
    }

    @Override
    public String name() {
        return "gallery";
    }

    @Override
    public List<VersionChange> changes() {
        return changes;
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }

    private Picture hang(NewPicture q) {
        String id = "pic_" + (pictures.size() + 1);
        Picture picture = new Picture(
                id,
                q.title(),
                q.note(),
                q.state(),
                q.price(),
                0,
                q.tags() == null ? List.of() : q.tags(),
                q.motif(),
                Owner.user("u_42"),
                HUNG);
        pictures.put(id, picture);
        return picture;
    }

    private Page<Picture> list(PictureList q) {
        String after = q.cursor() == null ? "" : q.cursor();
        List<Picture> rest = pictures.values().stream()
                .filter(each -> each.id().compareTo(after) > 0)
                .toList();
        List<Picture> items = rest.stream().limit(q.limit()).toList();
        return new Page<>(
                items, rest.size() > items.size() ? items.get(items.size() - 1).id() : null);
    }

    private Picture find(String id) {
        Picture picture = pictures.get(id);
        if (picture == null) {
            throw new NotFoundException("There is no picture " + id + ".");
        }
        return picture;
    }
}
