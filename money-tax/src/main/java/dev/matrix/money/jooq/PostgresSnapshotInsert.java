package dev.matrix.money.jooq;

import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.RateSnapshot;
import java.util.List;

/** One statement: what a JDBC batch says of its rows depends on how the driver is set up. */
final class PostgresSnapshotInsert implements SnapshotInsert {

    private static final String INSERT = """
            with heads as (
              select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as n (id, source, base, observed_on, observed_at, fetched_at, accepted_at, revision, status, valid_until)),
            quoted as (
              select * from unnest(?, ?, ?, ?, ?) as n (snapshot_id, quote, mid, bid, ask)),
            added as (
              insert into matrix_fx_snapshot (id, source, base, observed_on, observed_at, fetched_at, accepted_at, revision,
                  status, valid_until)
              select id, source, base, observed_on::date,
                timestamptz 'epoch' + observed_at * interval '1 microsecond',
                timestamptz 'epoch' + fetched_at * interval '1 microsecond',
                timestamptz 'epoch' + accepted_at * interval '1 microsecond', revision, status, valid_until::date
              from heads
              on conflict do nothing
              returning id),
            rates as (
              insert into matrix_fx_rate (snapshot_id, quote, mid, bid, ask)
              select q.snapshot_id, q.quote, q.mid::numeric, q.bid::numeric, q.ask::numeric
              from quoted q join added on added.id = q.snapshot_id),
            known as (
              insert into matrix_fx_quote as former (source, base, quote, first_on, last_on)
              select h.source, h.base, q.quote, min(h.observed_on::date), max(h.observed_on::date)
              from quoted q join heads h on h.id = q.snapshot_id
              group by h.source, h.base, q.quote
              order by h.source collate "C", h.base collate "C", q.quote collate "C"
              on conflict (source, base, quote) do update
                set first_on = least(former.first_on, excluded.first_on), last_on = greatest(former.last_on, excluded.last_on)
                where former.first_on > excluded.first_on or former.last_on < excluded.last_on)
            select id from added
            """;

    private record Rate(String snapshotId, String quote, QuotedRate quoted) {}

    @Override
    public int insert(JooqTx tx, List<RateSnapshot> snapshots) {
        List<Rate> rates = snapshots.stream()
                .flatMap(snapshot -> snapshot.rates().entrySet().stream()
                        .map(rate -> new Rate(snapshot.id(), rate.getKey(), rate.getValue())))
                .toList();
        PostgresBatch.Parameters parameters = batch -> batch.texts(snapshots, RateSnapshot::id)
                .texts(snapshots, RateSnapshot::source)
                .texts(snapshots, RateSnapshot::base)
                .days(snapshots, RateSnapshot::observedOn)
                .instants(snapshots, RateSnapshot::observedAt)
                .instants(snapshots, RateSnapshot::fetchedAt)
                .instants(snapshots, RateSnapshot::acceptedAt)
                .ints(snapshots, RateSnapshot::revision)
                .names(snapshots, RateSnapshot::status)
                .days(snapshots, RateSnapshot::validUntil)
                .texts(rates, Rate::snapshotId)
                .texts(rates, Rate::quote)
                .decimals(rates, rate -> rate.quoted().mid())
                .decimals(rates, rate -> rate.quoted().bid())
                .decimals(rates, rate -> rate.quoted().ask());
        return PostgresBatch.fetch(tx, INSERT, parameters, row -> row.getString(1))
                .size();
    }
}
