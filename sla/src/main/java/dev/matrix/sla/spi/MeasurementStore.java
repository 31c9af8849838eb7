package dev.matrix.sla.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was counted: batches of minutes as their sources wrote them, and the hours that they were folded into. */
public interface MeasurementStore {

    /** Where a batch stands. */
    record BatchKey(String source, long minute, int shard, int part) {}

    /**
     * A batch.
     *
     * @param revision rises with each rewriting of the batch by its source
     * @param counts packed
     */
    record BatchRow(BatchKey key, long revision, byte[] counts) {}

    /** A batch without its counts; {@code open}: the hours don't contain this revision. */
    record BatchMark(BatchKey key, long revision, boolean open) {}

    /** An hour of a series; {@code hour} since 1970, {@code counts} packed. */
    record HourRow(long series, long hour, byte[] counts) {}

    /** Writes batches; one whose row has the same or a higher revision changes nothing. */
    void putBatches(Tx tx, Collection<BatchRow> batches);

    /** The batches of a shard from a minute on, before another, by minute, source and part; all, or the open ones alone. */
    List<BatchMark> marks(Tx tx, int shard, long fromMinute, long toMinute, boolean openOnly);

    /** Those batches of these keys that are there. */
    List<BatchRow> batches(Tx tx, Collection<BatchKey> keys);

    /**
     * Replaces hours and a shard's observed minutes, and marks batches as folded. A batch that was rewritten since stays open.
     *
     * @param observed by hour, a bit per minute
     */
    void fold(Tx tx, int shard, Collection<HourRow> hours, Map<Long, Long> observed, Collection<BatchMark> folded);

    /** The hours of a series from one on, before another, in order. */
    List<HourRow> hours(Tx tx, long series, long fromHour, long toHour);

    /** A shard's observed minutes by hour, from one on, before another. */
    Map<Long, Long> observed(Tx tx, int shard, long fromHour, long toHour);

    /** The first minute that wasn't measured in a shard; {@link Long#MIN_VALUE}: none was. */
    long watermark(Tx tx, int shard);

    /** Sets the watermark. */
    void watermark(Tx tx, int shard, long minute);

    /**
     * Notes a batch of a remote source by its id, unless it is there.
     *
     * @return empty: it was noted; else the fingerprint of the first batch of this id
     */
    Optional<String> see(Tx tx, String source, String batchId, String fingerprint, Instant until);

    /** Deletes hours before one, folded batches before a minute, and notes that have ended; returns how many rows went. */
    int purge(Tx tx, long beforeHour, long beforeMinute, Instant now, int limit);
}
