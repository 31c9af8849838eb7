package dev.matrix.security.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes and checkpoints, and what isn't one. */
@Tag("G37")
@Tag("SE41")
class SignedNoteTest {

    /** The example in the documentation of Go's package for notes. */
    private static final String OTHERS_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String OTHERS_NOTE = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
        """;

    private static final String ORIGIN = "example.com/audit";
    private final NoteSigner.Pair pair = NoteSigner.generate(new SecureRandom());
    private final NoteKey key = new NoteKey(ORIGIN, pair.publicKey());

    private SignedNote signed(String text, NoteKey by, NoteSigner.Pair with) {
        return NoteSigner.note(text, by, NoteSigner.sign(with.pkcs8(), text.getBytes(UTF_8)));
    }

    private SignedNote signed(String text) {
        return signed(text, key, pair);
    }

    private Checkpoint open(String note) {
        return Checkpoint.open(SignedNote.parse(note), List.of(key));
    }

    private static String text(String size) {
        return ORIGIN + "\n" + size + "\n" + TreeHash.ofNothing() + "\n";
    }

    @Test
    void othersNotesAndKeysAreReadAndWrittenAlike() {
        NoteKey others = NoteKey.parse(OTHERS_KEY);
        assertThat(others).hasToString(OTHERS_KEY);
        SignedNote note = SignedNote.parse(OTHERS_NOTE);
        note.requireSignedBy(List.of(others));
        assertThat(note).hasToString(OTHERS_NOTE);
        assertThatThrownBy(() -> SignedNote.parse(OTHERS_NOTE.replace("answer", "Answer"))
                        .requireSignedBy(List.of(others)))
                .isInstanceOf(BadSignatureException.class);
    }

    @Test
    @Tag("G36")
    void aCheckpointIsReadAsItWasSigned() {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, 42, TreeHash.ofNothing());
        String note = signed(checkpoint.text()).toString();
        assertThat(open(note)).isEqualTo(checkpoint);
        assertThat(NoteKey.parse(key.toString())).isEqualTo(key);
        assertThat(note).startsWith(ORIGIN + "\n42\n").endsWith("=\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "-1", "+1", "1e3", "", " 1", "9999999999999999999", "0x1"})
    void aSizeHasOneForm(String size) {
        assertThatThrownBy(() -> open(signed(text(size)).toString())).isInstanceOf(TreeFormatException.class);
    }

    @Test
    void whatIsNoNoteIsRefused() {
        String good = signed(text("1")).toString();
        assertThat(open(good).size()).isEqualTo(1);
        for (String bad : List.of(
                good.substring(0, good.length() - 1),
                good + "\n",
                good.replace("\u2014", "-"),
                good.replace("\n\n", "\n"),
                good.replace("1\n", "1\r\n"),
                ORIGIN + "\n1\n\n" + good.substring(good.indexOf('\u2014')),
                "")) {
            assertThatThrownBy(() -> open(bad)).isInstanceOf(TreeFormatException.class);
        }
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xff, '\n', '\n'}))
                .isInstanceOf(TreeFormatException.class);
    }

    @Test
    void aBadSignatureOfAKnownKeyRefusesAllAndAnUnknownKeysIsIgnored() {
        SignedNote good = signed(text("1"));
        SignedNote.Line bad = signed(text("2")).signatures().get(0);
        assertThatThrownBy(() -> open(good.with(bad).toString())).isInstanceOf(BadSignatureException.class);

        NoteSigner.Pair other = NoteSigner.generate(new SecureRandom());
        SignedNote.Line unknown = signed("else\n", new NoteKey("witness.example", other.publicKey()), other)
                .signatures()
                .get(0);
        SignedNote witnessed = good;
        for (int i = 0; i < 16; i++) {
            witnessed = witnessed.with(unknown);
        }
        assertThat(open(witnessed.toString()).size()).isEqualTo(1);
        SignedNote alone = new SignedNote(good.text(), List.of(unknown));
        assertThatThrownBy(() -> open(alone.toString())).isInstanceOf(BadSignatureException.class);
    }

    @Test
    void anotherLogsCheckpointIsRefused() {
        String other = signed(text("1").replace(ORIGIN, "example.com/other")).toString();
        assertThatThrownBy(() -> open(other))
                .isInstanceOf(TreeFormatException.class)
                .hasMessageContaining("example.com/other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a+b",
                "a+00000000+AAAA",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(TreeFormatException.class);
    }

    @Test
    void aProofOfAnEntryIsReadAsItIsWritten() {
        byte[] entry = "{\"v\":1}".getBytes(UTF_8);
        TreeHash other = TreeHash.ofLeaf("other".getBytes(UTF_8));
        TreeHash root = TreeHash.ofNode(other, TreeHash.ofLeaf(entry));
        EntryProof proof = new EntryProof(
                entry, new InclusionProof(1, 2, List.of(other)), signed(new Checkpoint(ORIGIN, 2, root).text()));
        assertThat(proof.holds()).isTrue();
        EntryProof read = EntryProof.parse(proof.toString().getBytes(UTF_8));
        assertThat(read).hasToString(proof.toString());
        assertThat(read.holds()).isTrue();
        assertThat(EntryProof.parse(
                                proof.toString().replace("index 1", "index 0").getBytes(UTF_8))
                        .holds())
                .isFalse();
    }
}
