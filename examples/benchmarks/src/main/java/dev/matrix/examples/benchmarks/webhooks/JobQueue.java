package dev.matrix.examples.benchmarks.webhooks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The peer that one would otherwise build upon: db-scheduler, a job a delivery, with a signed POST and a row of log each. */
final class JobQueue implements AutoCloseable {

    private static final String TABLES = """
            create table scheduled_tasks (
              task_name text not null, task_instance text not null, task_data bytea,
              execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
              last_success timestamp with time zone, last_failure timestamp with time zone,
              consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
              priority smallint, primary key (task_name, task_instance));
            create index on scheduled_tasks (execution_time);
            create index on scheduled_tasks (last_heartbeat);
            create table delivery_log (
              id bigint generated always as identity primary key, task_instance text not null, status int not null,
              at timestamp with time zone not null);
            """;
    private static final String LOG = "insert into delivery_log (task_instance, status, at) values (?, ?, ?)";

    private final InstantSource clock = InstantSource.system();
    private final HikariDataSource pool;
    private final OkHttpClient client;
    private final List<URI> receivers;
    private final byte[] body;
    private final LongAdder done = new LongAdder();
    private final ExecutorService unused = Executors.newSingleThreadExecutor();
    private final Scheduler scheduler;

    /** The job's data are the bytes to send; nothing is to be gained by another form. */
    private static final class Bytes implements Serializer {

        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(data);
        }
    }

    JobQueue(HikariDataSource pool, int threads, List<URI> receivers, byte[] body) {
        this.pool = pool;
        this.client = SignedPosts.client(unused, threads);
        this.receivers = receivers;
        this.body = body;
        Postgres.execute(pool, TABLES);
        OneTimeTask<byte[]> deliver = Tasks.oneTime("deliver", byte[].class).execute((job, context) -> deliver(job));
        this.scheduler = Scheduler.create(pool, deliver)
                .threads(threads)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofMillis(100))
                .serializer(new Bytes())
                .build();
        scheduler.start();
    }

    void add(int from) {
        List<TaskInstance<?>> jobs = IntStream.range(from, from + Supply.CALL)
                .<TaskInstance<?>>mapToObj(i -> new TaskInstance<>("deliver", Integer.toString(i), body))
                .toList();
        scheduler.scheduleBatch(jobs, clock.instant());
    }

    long done() {
        return done.sum();
    }

    private void deliver(TaskInstance<byte[]> job) {
        int number = Integer.parseInt(job.getId());
        URI receiver = receivers.get(number % receivers.size());
        int status;
        try (Response response = client.newCall(SignedPosts.signed(receiver, job.getId(), job.getData(), clock))
                .execute()) {
            status = response.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log(job.getId(), status);
        done.increment();
    }

    private void log(String job, int status) {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(LOG)) {
            insert.setString(1, job);
            insert.setInt(2, status);
            insert.setTimestamp(3, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        scheduler.stop();
        unused.shutdown();
        client.connectionPool().evictAll();
    }
}
