package dev.matrix.security.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.security.tree.Frontier;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.NoteSigner;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.Tile;
import dev.matrix.security.tree.TileGrowth;
import dev.matrix.security.tree.TreeHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor with a key, an export and a checkpoint that was kept elsewhere. */
@Tag("G39")
@Tag("G40")
class AuditVerifierTest {

    private static final String ORIGIN = "example.com/audit";
    private static final int ENTRIES = 300;

    @TempDir
    Path folder;

    private final NoteSigner.Pair pair = NoteSigner.generate(new SecureRandom());
    private final NoteKey key = new NoteKey(ORIGIN, pair.publicKey());
    private final List<String> lines = new ArrayList<>();
    private String said = "";

    private static byte[] body(int seq) {
        return ("{\"v\":1,\"action\":\"a.b\",\"seq\":" + seq + "}").getBytes(UTF_8);
    }

    private static String line(int seq, byte[] body) {
        return seq + " e " + Base64.getEncoder().encodeToString(body);
    }

    @BeforeEach
    void anExport() {
        lines.add("matrix-audit-export/1 " + ORIGIN);
        for (int i = 0; i < ENTRIES; i++) {
            lines.add(line(i, body(i)));
        }
    }

    private String note(Checkpoint checkpoint, NoteSigner.Pair with) {
        byte[] signature = NoteSigner.sign(with.pkcs8(), checkpoint.text().getBytes(UTF_8));
        return NoteSigner.note(checkpoint.text(), key, signature).toString();
    }

    private static Checkpoint at(int size) {
        Frontier tree = new Frontier();
        for (int i = 0; i < size; i++) {
            tree.add(TreeHash.ofLeaf(body(i)));
        }
        return new Checkpoint(ORIGIN, size, tree.root());
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private int verify(String... more) throws IOException {
        Path export = file("export", String.join("\n", lines) + "\n");
        List<String> args = new ArrayList<>(List.of("--key", key.toString(), "--export", export.toString()));
        args.addAll(List.of(more));
        return run(args);
    }

    private int run(List<String> args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int status = AuditVerifier.run(args.toArray(String[]::new), new PrintStream(bytes, true, UTF_8));
        said = bytes.toString(UTF_8);
        return status;
    }

    private int verifyAt(int size) throws IOException {
        return verify("--checkpoint", file("checkpoint", note(at(size), pair)).toString());
    }

    @Test
    @Tag("SE45")
    void whatIsWholeIsVerifiedAndWithoutCheckpointOnlyUnanchored() throws IOException {
        assertThat(verifyAt(ENTRIES)).isZero();
        assertThat(said).startsWith("VERIFIED: 300 entries, root " + at(ENTRIES).root());
        assertThat(verifyAt(257)).isZero();
        assertThat(verify()).isEqualTo(3);
        assertThat(said).startsWith("VERIFIED_UNANCHORED");
    }

    @Test
    @Tag("SE39")
    @Tag("SE45")
    void aChangedByteIsFoundWhereverItIs() throws IOException {
        byte[] altered = body(7);
        altered[3] ^= 1;
        lines.set(8, line(7, altered));
        assertThat(verifyAt(ENTRIES)).isEqualTo(1);
        assertThat(said).startsWith("WRONG_ROOT").endsWith("FAILED\n");
        lines.set(8, "7 e !" + line(7, body(7)).substring(5));
        assertThat(verifyAt(ENTRIES)).isEqualTo(1);
        assertThat(said).startsWith("ALTERED_BODY: the line of entry 7");
    }

    @Test
    @Tag("SE39")
    void aRemovedEntryIsFound() throws IOException {
        lines.remove(8);
        assertThat(verifyAt(ENTRIES)).isEqualTo(1);
        assertThat(said).startsWith("MISSING_BODY: entry 7 is not in the export.");
    }

    @Test
    @Tag("SE39")
    void aRemovedEntryWhoseFollowersMovedUpIsFound() throws IOException {
        lines.clear();
        lines.add("matrix-audit-export/1 " + ORIGIN);
        for (int i = 0; i < ENTRIES; i++) {
            lines.add(line(i, body(i < 7 ? i : i + 1)));
        }
        assertThat(verifyAt(ENTRIES)).isEqualTo(1);
        assertThat(said).startsWith("WRONG_ROOT");
        assertThat(verify())
                .as("nothing from elsewhere says that it was another")
                .isEqualTo(3);
    }

    @Test
    void anEndThatWasCutOffIsFound() throws IOException {
        lines.subList(ENTRIES - 9, ENTRIES + 1).clear();
        assertThat(verifyAt(ENTRIES)).isEqualTo(1);
        assertThat(said).startsWith("SHORTER_THAN_CHECKPOINT: the export ends after 290 entries");
    }

    @Test
    void aPrunedEntryCountsByItsHash() throws IOException {
        lines.set(8, "7 h " + TreeHash.ofLeaf(body(7)));
        assertThat(verifyAt(ENTRIES)).isZero();
        assertThat(said).contains("1 of them pruned");
        lines.set(8, "7 h " + TreeHash.ofLeaf(body(8)));
        assertThat(verifyAt(ENTRIES)).isEqualTo(1);
    }

    @Test
    void anEarlierCheckpointMustBeContinued() throws IOException {
        Path earlier = file("previous", note(at(100), pair));
        assertThat(verify("--previous", earlier.toString())).isZero();
        file("previous", note(new Checkpoint(ORIGIN, 100, at(99).root()), pair));
        assertThat(verify("--previous", earlier.toString())).isEqualTo(1);
        assertThat(said).startsWith("NOT_CONSISTENT");
    }

    @Test
    void aCheckpointThatSomebodyElseSignedIsFound() throws IOException {
        Path forged = file("checkpoint", note(at(ENTRIES), NoteSigner.generate(new SecureRandom())));
        assertThat(verify("--checkpoint", forged.toString())).isEqualTo(1);
        assertThat(said).startsWith("BAD_SIGNATURE");
    }

    @Test
    @Tag("SE45")
    void whatCannotBeReadIsUnusable() throws IOException {
        assertThat(verify("--checkpoint", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(said).startsWith("UNUSABLE: a file can't be read");
        assertThat(verify("--checkpoint")).isEqualTo(2);
        assertThat(verify("--else", "1")).isEqualTo(2);
        assertThat(run(List.of("--key", key.toString()))).isEqualTo(2);
        assertThat(run(List.of("--key", "x", "--export", "y"))).isEqualTo(2);
        lines.set(0, "matrix-audit-export/1 example.com/other");
        assertThat(verify()).isEqualTo(2);
        lines.set(0, "else");
        assertThat(verify()).isEqualTo(2);
    }

    @Test
    void aProofOfOneEntryIsChecked() throws IOException {
        List<TreeHash> leaves = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            leaves.add(TreeHash.ofLeaf(body(i)));
        }
        Map<Tile, byte[]> tiles = TileGrowth.grow(0, leaves, tile -> new byte[0]);
        EntryProof proof = new EntryProof(
                body(42),
                new MerkleTree(ENTRIES, tile -> tiles.getOrDefault(tile, new byte[0])).inclusion(42),
                SignedNote.parse(note(at(ENTRIES), pair)));
        Path file = file("proof", proof.toString());
        List<String> args = List.of("--key", key.toString(), "--proof", file.toString());
        assertThat(run(args)).isZero();
        assertThat(said).startsWith("VERIFIED: entry 42 of 300");
        file("proof", new EntryProof(body(43), proof.inclusion(), proof.checkpoint()).toString());
        assertThat(run(args)).isEqualTo(1);
        assertThat(said).startsWith("WRONG_ROOT");
    }

    @Test
    @Tag("SE45")
    void theCommandNeedsNothingButTheJdkAndItsOwnClasses() throws Exception {
        Path classes = Path.of(AuditVerifier.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path export = file("export", String.join("\n", lines) + "\n");
        Path checkpoint = file("checkpoint", note(at(ENTRIES), pair));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        AuditVerifier.class.getName(),
                        "--key",
                        key.toString(),
                        "--checkpoint",
                        checkpoint.toString(),
                        "--export",
                        export.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).startsWith("VERIFIED: 300 entries");
    }
}
