package dev.matrix.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of entries as text: {@code 3-7,9}, in pieces that each fit a value of an entry's data. */
final class SeqRanges {

    private static final int LONGEST_PIECE = 4_000;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");
    private static final String NAME = "entries";

    /** First numbers to last ones, apart from each other. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** An entry's data that name these numbers. */
    static Map<String, String> data(NavigableSet<Long> seqs) {
        SeqRanges ranges = new SeqRanges();
        seqs.forEach(seq -> ranges.add(seq, seq));
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        ranges.ranges.forEach((first, last) -> {
            if (piece.length() > LONGEST_PIECE) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(piece.isEmpty() ? "" : ",").append(first).append(first.equals(last) ? "" : "-" + last);
        });
        pieces.add(piece.toString());
        Map<String, String> data = new TreeMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            data.put(NAME + (i + 1), pieces.get(i));
        }
        return data;
    }

    /** Adds the numbers that an entry's data name. */
    void addAll(Map<String, String> data) {
        data.forEach((name, piece) -> {
            if (name.startsWith(NAME)) {
                for (String range : piece.split(",", -1)) {
                    Matcher found = RANGE.matcher(range);
                    if (found.matches()) {
                        long first = Long.parseLong(found.group(1));
                        add(first, found.group(2) == null ? first : Long.parseLong(found.group(2)));
                    }
                }
            }
        });
    }

    /** Adds numbers; those that touch become one range. */
    void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(last + 1);
        while (before != null && before.getValue() >= first - 1) {
            from = Math.min(from, before.getKey());
            to = Math.max(to, before.getValue());
            ranges.remove(before.getKey());
            before = ranges.floorEntry(last + 1);
        }
        ranges.put(from, to);
    }

    /** Those of these numbers that {@code named} doesn't have, as ranges: {@code 3-7}. */
    List<String> notIn(SeqRanges named) {
        List<String> missing = new ArrayList<>();
        ranges.forEach((first, last) -> {
            long at = first;
            while (at <= last) {
                Map.Entry<Long, Long> covering = named.ranges.floorEntry(at);
                if (covering != null && covering.getValue() >= at) {
                    at = covering.getValue() + 1;
                } else {
                    Long next = named.ranges.higherKey(at);
                    long end = next == null ? last : Math.min(last, next - 1);
                    missing.add(at == end ? Long.toString(at) : at + "-" + end);
                    at = end + 1;
                }
            }
        });
        return missing;
    }
}
