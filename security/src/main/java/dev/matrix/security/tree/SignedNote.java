package dev.matrix.security.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures below it (C2SP signed-note): the text, an empty line, and per signature {@code — name base64}.
 *
 * @param text ends with a line break
 */
public record SignedNote(String text, List<Line> signatures) {

    private static final int MOST_SIGNATURES = 64;
    private static final int ID_LENGTH = 4;
    private static final String DASH = "\u2014 ";

    /**
     * One signature.
     *
     * @param name of its key
     * @param signed the key's id, and the signature
     */
    public record Line(String name, byte[] signed) {

        boolean isOf(NoteKey key) {
            return name.equals(key.name())
                    && signed.length > ID_LENGTH
                    && Arrays.equals(Arrays.copyOf(signed, ID_LENGTH), key.id());
        }

        @Override
        public String toString() {
            return DASH + name + " " + Base64.getEncoder().encodeToString(signed) + "\n";
        }
    }

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * Reads a note.
     *
     * @throws TreeFormatException when it isn't one
     */
    public static SignedNote parse(byte[] utf8) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new TreeFormatException("A note is UTF-8; this one isn't.", e);
        }
    }

    /** As {@link #parse(byte[])}. */
    public static SignedNote parse(String note) {
        if (note.codePoints().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new TreeFormatException("A note has no control characters except line breaks; this one has.");
        }
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || end + 2 >= note.length() || !note.endsWith("\n")) {
            throw new TreeFormatException(
                    "A note is a text, an empty line and signatures, each with a line break at its end; this one"
                            + " isn't.");
        }
        String[] lines = note.substring(end + 2, note.length() - 1).split("\n", -1);
        if (lines.length > MOST_SIGNATURES) {
            throw new TreeFormatException("A note has at most " + MOST_SIGNATURES + " signatures.");
        }
        List<Line> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /** Reads the line of a signature, with or without its line break. */
    public static Line signature(String line) {
        String[] parts = (line.endsWith("\n") ? line.substring(0, line.length() - 1) : line).split(" ", -1);
        if (parts.length != 3 || !parts[0].equals(DASH.trim())) {
            throw new TreeFormatException("A signature reads '" + DASH + "name base64'; this one: " + line);
        }
        NoteKey.requireName(parts[1]);
        byte[] signed = Base64Text.decode(parts[2]);
        if (signed.length <= ID_LENGTH) {
            throw new TreeFormatException("A signature of " + parts[1] + " is too short.");
        }
        return new Line(parts[1], signed);
    }

    /** The same with another signature. */
    public SignedNote with(Line signature) {
        List<Line> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /**
     * Checks the signatures of keys that are known; others are ignored.
     *
     * @throws BadSignatureException when a known key's signature is bad, or no known key signed
     */
    public void requireSignedBy(List<NoteKey> keys) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (Line line : signatures) {
            for (NoteKey key : keys) {
                if (line.isOf(key)) {
                    if (!key.verifies(bytes, Arrays.copyOfRange(line.signed(), ID_LENGTH, line.signed().length))) {
                        throw new BadSignatureException("The signature of " + key.name() + " is bad.");
                    }
                    signed = true;
                }
            }
        }
        if (!signed) {
            throw new BadSignatureException("None of the known keys has signed: "
                    + keys.stream().map(NoteKey::name).distinct().toList() + ".");
        }
    }

    /** The note, as it is published. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(note::append);
        return note.toString();
    }
}
