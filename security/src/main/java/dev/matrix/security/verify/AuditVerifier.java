package dev.matrix.security.verify;

import dev.matrix.security.tree.BadSignatureException;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeFormatException;
import dev.matrix.security.verify.Finding.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export or a proof of an audit log, with nothing but this jar:
 *
 * <pre>{@code
 * java -cp matrix-security.jar dev.matrix.security.verify.AuditVerifier
 *     --key VKEY [--key OLDER] [--checkpoint FILE] [--previous FILE] (--export FILE | --proof FILE)
 * }</pre>
 *
 * {@code VKEY} is the log's key, {@code name+id+key}; {@code --checkpoint} a checkpoint that was kept elsewhere, {@code --previous} an
 * earlier one, which the log must continue. Exit status: 0 verified; 1 failed, with one finding per line; 2 unusable input; 3
 * whole in itself, but no checkpoint was given, so that a log that was rewritten as a whole would look the same.
 */
public final class AuditVerifier {

    static final int VERIFIED = 0;
    static final int FAILED = 1;
    static final int UNUSABLE = 2;
    static final int UNANCHORED = 3;

    private static final String USAGE = "Usage: AuditVerifier --key VKEY [--key OLDER] [--checkpoint FILE]"
            + " [--previous FILE] (--export FILE | --proof FILE)";

    private final List<NoteKey> keys = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Path checkpoint;
    private @Nullable Path previous;
    private @Nullable Path export;
    private @Nullable Path proof;

    private AuditVerifier() {}

    /** The command. */
    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    /** The command, except that it returns its exit status. */
    public static int run(String[] args, PrintStream out) {
        try {
            return new AuditVerifier().read(args).check(out);
        } catch (UnusableException | TreeFormatException e) {
            out.println("UNUSABLE: " + e.getMessage());
        } catch (IOException e) {
            out.println("UNUSABLE: a file can't be read: " + e.getMessage());
        }
        return UNUSABLE;
    }

    private AuditVerifier read(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new UnusableException(args[i] + " needs a value. " + USAGE);
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--key" -> keys.add(NoteKey.parse(value));
                case "--checkpoint" -> checkpoint = Path.of(value);
                case "--previous" -> previous = Path.of(value);
                case "--export" -> export = Path.of(value);
                case "--proof" -> proof = Path.of(value);
                default -> throw new UnusableException("There is no option " + args[i] + ". " + USAGE);
            }
        }
        if (keys.isEmpty() || (export == null) == (proof == null)) {
            throw new UnusableException(USAGE);
        }
        return this;
    }

    private int check(PrintStream out) throws IOException {
        boolean anchored;
        String summary;
        if (proof != null) {
            summary = checkProof(proof);
            anchored = true;
        } else {
            ExportCheck check = new ExportCheck();
            anchored = compare(check, checkpoint, Code.WRONG_ROOT);
            anchored |= compare(check, previous, Code.NOT_CONSISTENT);
            summary = checkExport(check);
        }
        findings.forEach(out::println);
        if (!findings.isEmpty()) {
            out.println("FAILED");
            return FAILED;
        }
        out.println((anchored ? "VERIFIED: " : "VERIFIED_UNANCHORED: ") + summary);
        return anchored ? VERIFIED : UNANCHORED;
    }

    private String checkExport(ExportCheck check) throws IOException {
        if (export == null) {
            throw new UnusableException(USAGE);
        }
        String origin;
        try (BufferedReader lines = Files.newBufferedReader(export)) {
            origin = check.read(lines);
        }
        if (keys.stream().noneMatch(key -> key.name().equals(origin))) {
            throw new UnusableException("This is an export of the log " + origin + "; the key is of "
                    + keys.get(0).name() + ".");
        }
        findings.addAll(check.findings());
        return check.summary();
    }

    private boolean compare(ExportCheck check, @Nullable Path file, Code otherRoot) throws IOException {
        if (file == null) {
            return false;
        }
        Checkpoint opened = open(SignedNote.parse(Files.readAllBytes(file)));
        if (opened != null) {
            check.compare(opened, otherRoot);
        }
        return true;
    }

    private @Nullable Checkpoint open(SignedNote note) {
        try {
            return Checkpoint.open(note, keys);
        } catch (BadSignatureException e) {
            findings.add(new Finding(Code.BAD_SIGNATURE, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private String checkProof(Path file) throws IOException {
        EntryProof read = EntryProof.parse(Files.readAllBytes(file));
        Checkpoint own = open(read.checkpoint());
        if (!read.holds()) {
            findings.add(new Finding(
                    Code.WRONG_ROOT,
                    "the entry is not at index " + read.inclusion().index()
                            + " of the tree that the checkpoint signs."));
        }
        requireSame(own, checkpoint, Code.WRONG_ROOT);
        requireSame(own, previous, Code.NOT_CONSISTENT);
        return "entry " + read.inclusion().index() + " of " + read.inclusion().size();
    }

    /** A proof says nothing about other sizes, so a checkpoint beside it counts only at the same one. */
    private void requireSame(@Nullable Checkpoint own, @Nullable Path file, Code otherRoot) throws IOException {
        Checkpoint other = file == null ? null : open(SignedNote.parse(Files.readAllBytes(file)));
        if (own != null
                && other != null
                && other.size() == own.size()
                && !other.root().equals(own.root())) {
            findings.add(
                    new Finding(otherRoot, "two checkpoints of the size " + own.size() + " have different roots."));
        }
    }
}
