package dev.matrix.core.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name taken apart, to be put together as each language does: what an operation is called in the SDKs follows from it.
 *
 * @param words at least one, of lower-case letters and digits
 */
public record Words(List<String> words) {

    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");

    public Words {
        words = List.copyOf(words);
    }

    /** Splits camel, snake and kebab case; a name without a Latin letter is {@code value}. */
    public static Words of(String name) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(name);
        while (word.find()) {
            boolean digits = Character.isDigit(word.group().charAt(0));
            if (!digits) {
                words.add(word.group().toLowerCase(Locale.ROOT));
            } else if (!words.isEmpty()) {
                // x2y is one word and a bit: a number never starts a name.
                words.set(words.size() - 1, words.get(words.size() - 1) + word.group());
            }
        }
        return new Words(words.isEmpty() ? List.of("value") : words);
    }

    /** An operation's name within its tag: the id without the tag's noun, {@code listWebhookDeliveries} → {@code listDeliveries}. */
    public static Words ofOperation(String id, String tag) {
        List<String> all = of(id).words;
        List<String> noun = of(tag).words;
        for (int start = 1; start + noun.size() <= all.size(); start++) {
            if (means(all.subList(start, start + noun.size()), noun)) {
                List<String> rest = new ArrayList<>(all.subList(0, start));
                rest.addAll(all.subList(start + noun.size(), all.size()));
                return new Words(rest);
            }
        }
        return new Words(all);
    }

    private static boolean means(List<String> words, List<String> noun) {
        int last = noun.size() - 1;
        return words.subList(0, last).equals(noun.subList(0, last))
                && singular(words.get(last)).equals(singular(noun.get(last)));
    }

    private static String singular(String word) {
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("s") && !word.endsWith("ss") ? word.substring(0, word.length() - 1) : word;
    }

    /** {@code listDeliveries}. */
    public String camel() {
        String pascal = pascal();
        return pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
    }

    /** {@code ListDeliveries}. */
    public String pascal() {
        return words.stream()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** {@code list_deliveries}. */
    public String snake() {
        return String.join("_", words);
    }
}
