package dev.matrix.core;

/**
 * Which text every store gives back as it got it. PostgreSQL has no NUL in texts, and half of a surrogate pair, as is left where
 * a text is cut in the middle of an emoji, becomes another character on its way through UTF-8: two texts that differ in Java
 * would then be one in the database. So ids, keys and other texts that are stored are checked where they enter.
 */
public final class StorableText {

    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** Whether the text has neither NUL nor half of a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.indexOf(NUL) < 0 && isWhole(text);
    }

    /** Whether the text has no half of a surrogate pair, so that UTF-8 can carry it. */
    public static boolean isWhole(String text) {
        // Most texts have no surrogate at all, and each event is checked more than once: one comparison per character.
        int i = 0;
        while (i < text.length() && text.charAt(i) < Character.MIN_SURROGATE) {
            i++;
        }
        for (; i < text.length(); i++) {
            if (isHalf(text, i)) {
                return false;
            }
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        return true;
    }

    private static boolean isHalf(String text, int i) {
        return Character.isSurrogate(text.charAt(i)) && !Character.isSupplementaryCodePoint(text.codePointAt(i));
    }

    /**
     * Returns the text if it can be stored.
     *
     * @param what begins the message: {@code "An owner's id"}
     * @throws InvalidRequestException if it can't; the message doesn't repeat the text
     */
    public static String require(String text, String what) {
        if (!isStorable(text)) {
            throw new InvalidRequestException(what + " holds a NUL character or half of a surrogate pair, which no"
                    + " database keeps. Leave NUL out, and cut a text between whole characters (code points).");
        }
        return text;
    }

    /** The text with U+FFFD in the place of each character that can't be stored: for messages that are kept as they come. */
    public static String mended(String text) {
        if (isStorable(text)) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        for (int i = 0; i < mended.length(); i++) {
            if (mended.charAt(i) == NUL || isHalf(text, i)) {
                mended.setCharAt(i, REPLACEMENT);
            } else if (Character.isHighSurrogate(mended.charAt(i))) {
                i++;
            }
        }
        return mended.toString();
    }

    /** At most the first {@code longest} characters of a text, never half of a surrogate pair. */
    public static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean cutsPair = longest > 0
                && Character.isHighSurrogate(text.charAt(longest - 1))
                && Character.isLowSurrogate(text.charAt(longest));
        return text.substring(0, cutsPair ? longest - 1 : longest);
    }
}
