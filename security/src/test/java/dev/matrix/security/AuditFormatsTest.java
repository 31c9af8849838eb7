package dev.matrix.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.json.Json;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log as others read it: lines for security software, tiles for clients of transparency logs, and what it tells of events. */
class AuditFormatsTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final String NASTY = "a|b=c\\d";

    private final Node node = Node.alone();
    private final AuditLog audit = node.security.auditLog();

    private void append(Category category, String action, String value) {
        audit.append(AuditEntry.of(OWNER, Node.HOST, action, category, new Target("test", NASTY))
                .data(Map.of("value", value)));
    }

    private void number() {
        for (int i = 0; i < 15; i++) {
            node.clock.advance(Duration.ofSeconds(1));
            node.runSteps();
        }
    }

    private List<String> export(ExportFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        audit.export(format, 0, out, Node.HOST);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        return List.of(text.substring(0, text.length() - 1).split("\\R", -1));
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON_LINES", "CEF", "OCSF"})
    @Tag("SE44")
    @Tag("G44")
    void eachEntryIsOneLineWhateverItHolds(ExportFormat format) {
        append(Category.DATA, "test.nasty", NASTY);
        append(Category.DATA, "test.plain", "plain");
        number();
        assertThat(export(format)).hasSize(2);
    }

    /** What an entry can't hold, a body of another origin may: the lines are safe by themselves. */
    @Test
    @Tag("SE44")
    @Tag("G44")
    void lineBreaksOfAllKindsAreEscapedAndParseBack() {
        String text = "a\r\nb\u2028c\u2029d\u0085e|f=g\\h\"i";
        AuditRecord entry = new AuditRecord(
                "aud_1", OWNER, text, "test.done", "DATA", true, Instant.EPOCH, Map.of("ip", text), Map.of(), text);
        String ocsf = AuditLines.ocsf(entry);
        assertThat(ocsf.split("\\R", -1)).hasSize(1);
        Json.JsonObject read = (Json.JsonObject) node.matrix.json().parse(ocsf.getBytes(StandardCharsets.UTF_8));
        Json.JsonObject unmapped = (Json.JsonObject) requireNonNull(read.get("unmapped"));
        assertThat(unmapped.get("body")).isEqualTo(new Json.JsonString(text));

        String cef = AuditLines.cef(entry);
        assertThat(cef.split("[\\r\\n\\u2028\\u2029]", -1)).hasSize(1);
        assertThat(cef)
                .contains("suser=a\\r\\nb", "f\\=g\\\\h")
                .startsWith("CEF:0|Matrix|matrix-security|1|test.done|");
    }

    @Test
    @Tag("SE56")
    @Tag("G44")
    void ocsfLinesCarryTheirClassEachCategoryOnce() {
        Map<Category, Integer> classes = Map.of(
                Category.AUTHENTICATION, 3002,
                Category.ADMIN, 3004,
                Category.DATA, 6005,
                Category.ACCESS, 6003,
                Category.BILLING, 6003);
        for (Category category : Category.values()) {
            append(category, "test." + category.name().toLowerCase(Locale.ROOT), "x");
        }
        append(Category.AUTHENTICATION, "second_factor.confirmed", "x");
        append(Category.AUTHENTICATION, "second_factor.unlocked", "x");
        number();
        List<String> lines = export(ExportFormat.OCSF);
        assertThat(lines).hasSize(7);
        for (Category category : Category.values()) {
            int type = classes.getOrDefault(category, 0);
            assertThat(lines.stream()
                            .filter(line ->
                                    line.contains("\"test." + category.name().toLowerCase(Locale.ROOT) + "\""))
                            .toList())
                    .singleElement()
                    .asString()
                    .contains("\"class_uid\":" + type, "\"type_uid\":" + (type * 100 + 99), "\"time\":1");
        }
        assertThat(lines.get(5)).contains("\"class_uid\":3001", "\"activity_id\":10", "\"type_uid\":300110");
        assertThat(lines.get(6)).contains("\"class_uid\":3001", "\"activity_id\":12");
    }

    @Test
    @Tag("SE55")
    @Tag("G57")
    void tilesAreThoseOfTlogTilesAndTheirRootIsTheCheckpoints(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> audit.exportTiles(folder, Node.HOST)).isInstanceOf(ConflictException.class);
        List<AuditEntry> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            entries.add(
                    AuditEntry.of(OWNER, Node.HOST, "test.done", Category.DATA, new Target("n", Integer.toString(i))));
        }
        for (int i = 0; i < 2; i++) {
            node.matrix.transactions().inTransaction(tx -> audit.appendAll(tx, entries));
        }
        number();
        audit.exportTiles(folder, Node.HOST);
        Checkpoint checkpoint = Checkpoint.of(SignedNote.parse(Files.readString(folder.resolve("checkpoint"))));
        long size = checkpoint.size();
        assertThat(size).isGreaterThanOrEqualTo(2_000);
        int rest = (int) (size % Tile.WIDTH);
        assertThat(folder.resolve("tile/0/000")).hasSize(256 * 32);
        assertThat(folder.resolve("tile/0/007.p/" + rest)).hasSize(rest * 32L);
        assertThat(folder.resolve("tile/1/000.p/7")).hasSize(7 * 32);
        MerkleTree read = new MerkleTree(size, tile -> tile(folder, tile, size));
        assertThat(read.root()).isEqualTo(checkpoint.root());

        byte[] bundle = Files.readAllBytes(folder.resolve("tile/entries/000"));
        int length = ((bundle[0] & 0xff) << 8) | (bundle[1] & 0xff);
        assertThat(new String(bundle, 2, length, StandardCharsets.UTF_8)).startsWith("{\"v\":1,\"action\":\"");
    }

    private static byte[] tile(Path folder, Tile tile, long size) {
        long hashes = size >> (8 * tile.level());
        int width = (int) Math.min(Tile.WIDTH, hashes - tile.index() * Tile.WIDTH);
        try {
            return Files.readAllBytes(folder.resolve(tile.path(width)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("G43")
    void eventsAboutMoneyAreToldOnceWithTheirHash() {
        var payload = EventTypes.PAYMENT_SUCCEEDED.example().orElseThrow();
        node.matrix.events().publish(BillingEvent.of(payload));
        number();
        List<AuditRecord> told =
                audit.entries(payload.owner(), PageRequest.first(9)).items();
        assertThat(told).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("payment.succeeded");
            assertThat(entry.category()).isEqualTo("BILLING");
            assertThat(entry.id()).startsWith("aud_e.evt_");
            assertThat(entry.body())
                    .contains("payload_sha256", payload.id())
                    .doesNotContain(payload.owner().id());
        });
    }

    @Test
    @Tag("SE59")
    @Tag("G32")
    void bufferedEntriesAreThereAfterCloseAndAtLevelLowAlone() {
        AuditEntry entry = AuditEntry.of(OWNER, Node.HOST, "test.done", Category.ACCESS, new Target("test", ""));
        assertThatThrownBy(() -> audit.appendBuffered(entry)).isInstanceOf(InvalidRequestException.class);
        for (int i = 0; i < 100; i++) {
            audit.appendBuffered(entry.level(SecurityLevel.LOW));
        }
        node.matrix.close();
        assertThat(audit.entries(OWNER, PageRequest.first(999)).items()).hasSize(100);
    }
}
