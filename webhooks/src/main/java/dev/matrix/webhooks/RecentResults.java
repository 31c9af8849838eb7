package dev.matrix.webhooks;

import java.time.Instant;
import java.util.Arrays;
import java.util.StringJoiner;

/** Results of the last five minutes, counted in steps of 30 s. Not thread-safe. */
final class RecentResults {

    private static final int STEPS = 10;
    private static final int STEP_SECONDS = 30;
    private static final String STEP_FORM = "[0-9]{1,9}/[0-9]{1,9}";

    /** What {@link #encode} writes. */
    static final String FORM = "[0-9]{1,12}(?:," + STEP_FORM + "){" + STEPS + "}";

    private final int[] failures = new int[STEPS];
    private final int[] all = new int[STEPS];
    private long newest;

    /** Reads what {@link #encode} wrote, which has {@link #FORM}. */
    static RecentResults decode(String text) {
        RecentResults results = new RecentResults();
        String[] parts = text.split(",", -1);
        results.newest = Long.parseLong(parts[0]);
        for (int age = 0; age < STEPS; age++) {
            int slash = parts[age + 1].indexOf('/');
            results.failures[results.slot(age)] = Integer.parseInt(parts[age + 1].substring(0, slash));
            results.all[results.slot(age)] = Integer.parseInt(parts[age + 1].substring(slash + 1));
        }
        return results;
    }

    void add(boolean failed, Instant now) {
        long step = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        for (int forgotten = 0; newest < step && forgotten < STEPS; forgotten++) {
            newest = Math.max(newest + 1, step - STEPS + 1);
            failures[slot(0)] = 0;
            all[slot(0)] = 0;
        }
        all[slot(0)]++;
        failures[slot(0)] += failed ? 1 : 0;
    }

    int failures() {
        return Arrays.stream(failures).sum();
    }

    int all() {
        return Arrays.stream(all).sum();
    }

    /** The newest step, and failures and results of each, the newest first. */
    String encode() {
        StringJoiner text = new StringJoiner(",").add(Long.toString(newest));
        for (int age = 0; age < STEPS; age++) {
            text.add(failures[slot(age)] + "/" + all[slot(age)]);
        }
        return text.toString();
    }

    private int slot(int age) {
        return Math.floorMod(newest - age, STEPS);
    }
}
