package dev.matrix.tax.jooq;

import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxTransactionStore.Heading;
import dev.matrix.tax.spi.TaxTransactionStore.TransactionRow;
import java.util.List;

/** One statement, whatever the number of components. */
final class PostgresTransactionInsert implements TransactionInsert {

    private static final String INSERT = """
            with added as (
              insert into matrix_tax_transaction (id, seller, reference, owner_type, owner_id, committed_at, calculation)
              select id, seller, reference, owner_type, owner_id,
                timestamptz 'epoch' + committed_at * interval '1 microsecond', calculation
              from unnest(?, ?, ?, ?, ?, ?, ?)
                as n (id, seller, reference, owner_type, owner_id, committed_at, calculation)
              on conflict do nothing
              returning id),
            relied as (
              insert into matrix_tax_reliance (prefix, number, transaction_id)
              select n.prefix, n.number, added.id from added cross join unnest(?, ?) as n (prefix, number)),
            components as (
              insert into matrix_tax_component (transaction_id, seller, tax_date, sign, currency, line_no, no, line_id,
                  jurisdiction, tax_type, rate, reason, category, base, tax, reversed_base, reversed_tax)
              select added.id, heading.seller, heading.tax_date::date, heading.sign, heading.currency,
                n.line_no, n.no, n.line_id, n.jurisdiction, n.tax_type, n.rate::numeric, n.reason, n.category,
                n.base::numeric, n.tax::numeric, n.reversed_base::numeric, n.reversed_tax::numeric
              from added
              cross join unnest(?, ?, ?, ?) as heading (seller, tax_date, sign, currency)
              cross join unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as n (line_no, no, line_id, jurisdiction, tax_type, rate, reason, category, base, tax, reversed_base,
                  reversed_tax))
            select id from added
            """;

    @Override
    public boolean insert(JooqTx tx, TransactionRow row, Heading heading, List<ComponentRow> components) {
        List<TransactionRow> rows = List.of(row);
        List<Heading> headings = List.of(heading);
        List<TaxId> reliedOn = List.copyOf(heading.reliedOn());
        PostgresBatch.Parameters parameters = batch -> batch.texts(rows, TransactionRow::id)
                .texts(rows, TransactionRow::sellerId)
                .texts(rows, TransactionRow::reference)
                .shorts(rows, each -> Owners.type(each.owner()))
                .texts(rows, each -> each.owner().id())
                .instants(rows, TransactionRow::committedAt)
                .texts(rows, TransactionRow::json)
                .texts(reliedOn, TaxId::prefix)
                .texts(reliedOn, TaxId::number)
                .texts(headings, Heading::sellerId)
                .days(headings, Heading::taxDate)
                .shorts(headings, each -> (short) each.sign())
                .texts(headings, Heading::currency)
                .ints(components, ComponentRow::lineNo)
                .ints(components, ComponentRow::no)
                .texts(components, ComponentRow::lineId)
                .texts(components, ComponentRow::jurisdiction)
                .texts(components, ComponentRow::type)
                .decimals(components, ComponentRow::rate)
                .texts(components, ComponentRow::reason)
                .texts(components, ComponentRow::category)
                .decimals(components, ComponentRow::base)
                .decimals(components, ComponentRow::tax)
                .decimals(components, ComponentRow::reversedBase)
                .decimals(components, ComponentRow::reversedTax);
        return !PostgresBatch.fetch(tx, INSERT, parameters, added -> added.getString(1))
                .isEmpty();
    }
}
