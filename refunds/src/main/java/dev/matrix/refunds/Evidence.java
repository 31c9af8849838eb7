package dev.matrix.refunds;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a merchant answers to a dispute. Sealed at rest; its text names fields and files and not what they hold.
 *
 * @param texts by the provider's names, such as {@code product_description}; at most 50 of 20,000 characters
 * @param files at most 5
 */
public record Evidence(Map<String, String> texts, List<File> files) {

    private static final int MOST_TEXTS = 50;
    private static final int LONGEST_TEXT = 20_000;
    private static final int MOST_FILES = 5;
    private static final int LARGEST_FILE = 4 << 20;

    /** @throws dev.matrix.core.InvalidRequestException for nothing at all, too much, or a text that can't be stored */
    public Evidence {
        Checks.that(!texts.isEmpty() || !files.isEmpty(), "Evidence has at least one text or file.");
        Checks.texts(texts, MOST_TEXTS, LONGEST_TEXT, "Evidence");
        Checks.that(files.size() <= MOST_FILES, "Evidence has at most " + MOST_FILES + " files.");
        texts = Map.copyOf(texts);
        files = List.copyOf(files);
    }

    /**
     * A file.
     *
     * @param kind which of the provider's fields it is for, such as {@code receipt}
     * @param content at most 4 MiB
     */
    public record File(String kind, String name, String mediaType, byte[] content) {

        public File {
            Checks.text(kind, 64, "The kind of a file of evidence");
            Checks.text(name, 200, "The name of a file of evidence");
            Checks.text(mediaType, 100, "The media type of a file of evidence");
            Checks.that(
                    content.length > 0 && content.length <= LARGEST_FILE, "A file of evidence has 1 byte to 4 MiB.");
            content = content.clone();
        }

        /** A copy of its bytes. */
        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public String toString() {
            return "File[" + kind + ", " + content.length + " bytes]";
        }
    }

    @Override
    public String toString() {
        return "Evidence" + new TreeMap<>(texts).keySet() + files;
    }
}
