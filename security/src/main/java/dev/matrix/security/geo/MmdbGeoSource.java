package dev.matrix.security.geo;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.net.IpAddress;
import dev.matrix.security.geo.GeoTable.Entry;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoAnswer.Failed;
import dev.matrix.security.spi.GeoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads MaxMind DB files, and again when they have changed; made by {@link GeoSource#mmdb}. All files are read before one write
 * of a reference puts the new table in the place of the old: no look-up waits or sees half of it.
 */
public final class MmdbGeoSource implements GeoSource {

    private static final Duration OLD = Duration.ofDays(45);
    private static final GeoAnswer NOT_READ = new Failed("The geo databases haven't been read yet.");

    private final List<Path> files;
    private volatile @Nullable Loaded loaded;
    private @Nullable List<Stamp> refused;

    /** What tells that a file has changed. */
    private record Stamp(long size, Instant modified) {}

    private record Loaded(List<Stamp> stamps, GeoTable table, Instant builtAt) {}

    /** @param files the first one's word counts where two differ; nothing is read yet */
    public MmdbGeoSource(List<Path> files) {
        if (files.isEmpty()) {
            throw new InvalidRequestException("A geo source needs at least one MaxMind DB file.");
        }
        this.files = List.copyOf(files);
    }

    @Override
    public GeoAnswer lookup(IpAddress address) {
        Loaded current = loaded;
        return current == null ? NOT_READ : current.table().find(address);
    }

    /** What was refused is tried again once it has changed; until then it is told of each time. */
    @Override
    public synchronized List<String> refresh(Instant now) {
        List<String> told = new ArrayList<>();
        try {
            List<Stamp> found = stamps();
            Loaded current = loaded;
            if (found.equals(refused)) {
                told.add("A geo database was refused and hasn't been replaced yet: " + files + ".");
            } else if (current == null || !found.equals(current.stamps())) {
                refused = found;
                loaded = read(found, now);
                refused = null;
            }
        } catch (IOException | RuntimeException e) {
            told.add("A geo database is refused; what is in use stays in use: " + e.getMessage());
        }
        Loaded current = loaded;
        if (current != null && current.builtAt().plus(OLD).isBefore(now)) {
            told.add("A geo database was built " + current.builtAt() + ", more than " + OLD.toDays()
                    + " days ago; addresses have moved since. Replace " + files + ".");
        }
        return told;
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(
                    new Stamp(attributes.size(), attributes.lastModifiedTime().toInstant()));
        }
        return stamps;
    }

    private Loaded read(List<Stamp> stamps, Instant now) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Instant oldest = now;
        for (int i = 0; i < files.size(); i++) {
            Instant builtAt = MmdbFile.read(files.get(i), i, entries, now);
            oldest = builtAt.isBefore(oldest) ? builtAt : oldest;
        }
        return new Loaded(stamps, GeoTable.of(entries), oldest);
    }
}
