package dev.matrix.core;

/** What was thrown, in words that every store keeps. */
final class Thrown {

    private static final int LONGEST = 1_000;

    private Thrown() {}

    /** Its text in at most 1,000 characters; the class's name where asking for the text throws too. */
    static String text(Throwable thrown) {
        String text;
        try {
            text = String.valueOf(thrown);
        } catch (Throwable unspeakable) {
            text = thrown.getClass().getName();
        }
        return StorableText.mended(StorableText.shortened(text, LONGEST));
    }
}
