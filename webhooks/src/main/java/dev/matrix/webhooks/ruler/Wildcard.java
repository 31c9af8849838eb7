package dev.matrix.webhooks.ruler;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with {@code *} for any characters. Each part between two of them is found by the algorithm of Knuth, Morris and
 * Pratt, so that a match takes time linear in the text, whatever both contain.
 */
final class Wildcard {

    /** A literal part, with the length of the longest border of each of its prefixes. */
    private record Part(String text, int[] borders) {

        static Part of(String text) {
            int[] borders = new int[text.length()];
            int length = 0;
            for (int i = 1; i < text.length(); i++) {
                while (length > 0 && text.charAt(i) != text.charAt(length)) {
                    length = borders[length - 1];
                }
                length += text.charAt(i) == text.charAt(length) ? 1 : 0;
                borders[i] = length;
            }
            return new Part(text, borders);
        }

        /** Where it ends for the first time within a text, from a place on and before another; -1: nowhere. */
        int endIn(String in, int from, int to) {
            int matched = 0;
            for (int i = from; i < to; i++) {
                while (matched > 0 && in.charAt(i) != text.charAt(matched)) {
                    matched = borders[matched - 1];
                }
                matched += in.charAt(i) == text.charAt(matched) ? 1 : 0;
                if (matched == text.length()) {
                    return i + 1;
                }
            }
            return -1;
        }
    }

    private final String first;
    private final List<Part> middle;
    private final String last;
    private final boolean isLiteral;

    private Wildcard(List<String> literals) {
        this.first = literals.get(0);
        this.last = literals.get(literals.size() - 1);
        this.isLiteral = literals.size() == 1;
        this.middle = isLiteral
                ? List.of()
                : literals.subList(1, literals.size() - 1).stream()
                        .map(Part::of)
                        .toList();
    }

    /** @param pattern where a backslash stands before {@code *} or itself to mean that character */
    static Wildcard of(String pattern) {
        List<String> literals = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                literals.add(literal.toString());
                literal.setLength(0);
            } else {
                literal.append(c == '\\' ? pattern.charAt(++i) : c);
            }
        }
        literals.add(literal.toString());
        return new Wildcard(literals);
    }

    boolean matches(String text) {
        if (isLiteral) {
            return text.equals(first);
        }
        int end = text.length() - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (Part part : middle) {
            at = part.endIn(text, at, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }
}
