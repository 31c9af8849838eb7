package dev.matrix.webhooks;

import java.util.HashSet;
import java.util.Set;

/** One read of the store for a lane, and what has happened to the lane since it began. Not thread-safe. */
final class LaneRead {

    /** Whether it began without answers that end their endpoint and aren't stored yet: else it can't show that end. */
    private boolean seesEnd;

    private boolean hinted;
    private boolean outdated;
    private boolean retryLeft;

    /** What was held and no longer is: the read may show it as it was, due. */
    private final Set<String> left = new HashSet<>();

    LaneRead(boolean seesEnd) {
        this.seesEnd = seesEnd;
    }

    /** Something has been committed that it may not show. */
    void hint() {
        hinted = true;
    }

    boolean isHinted() {
        return hinted;
    }

    /** It may show what is no longer so. */
    void outdate() {
        outdated = true;
    }

    boolean isOutdated() {
        return outdated;
    }

    /** An answer has asked for the endpoint's end. */
    void missEnd() {
        seesEnd = false;
    }

    boolean seesEnd() {
        return seesEnd;
    }

    /** A result has been stored. */
    void flushed(String id, boolean retrying) {
        left.add(id);
        retryLeft |= retrying;
    }

    boolean isRetryLeft() {
        return retryLeft;
    }

    boolean hasLeft(String id) {
        return left.contains(id);
    }
}
