package dev.matrix.security;

import dev.matrix.core.spi.Step;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import java.time.Duration;
import java.time.Instant;

/** Lets the source of places bring itself up to date each minute, and raises alarms of what a person should look at. */
record GeoRefresh(GeoSource source, Alarms alarms) implements Step {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "security.geo";
    }

    /** Files need no store. */
    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Instant run(Instant now) {
        for (String told : source.refresh(now)) {
            alarms.raise(Kind.GEO_SOURCE, told, told, now);
        }
        return now.plus(PAUSE);
    }
}
