package dev.matrix.examples.quickstart;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Billing events of a JSON-lines file: one object a line, in the form of the HTTP API's publishEvent with the idempotency
 * key as member {@code key}. A line that can't be read is noted with its number and stops no other; empty ones are skipped.
 *
 * @param name what messages call it
 */
record EventFile(String name, List<Entry> entries, List<Refusal> refusals) {

    private static final String SHIPPED = "events.jsonl";

    /** An event, and the number of its line. */
    record Entry(int line, EventDraft draft) {}

    /** Why a line is no event. */
    record Refusal(int line, String why) {

        @Override
        public String toString() {
            return "line " + line + ": " + why;
        }
    }

    /**
     * One line.
     *
     * @param key tells this event from all others of its owner: what makes it safe to read the file again
     * @param data the payload; the owner need not be repeated in it
     */
    private record Line(
            String key,
            String type,
            Owner owner,
            @Nullable Instant occurredAt,
            @Nullable List<Owner> visibleTo,
            Json data) {

        EventDraft draft(Matrix matrix) {
            EventDraft draft = BillingEvent.of(payload(matrix)).withKey(key);
            if (visibleTo != null) {
                draft = draft.visibleTo(visibleTo.toArray(Owner[]::new));
            }
            return occurredAt == null ? draft : draft.at(occurredAt);
        }

        private EventPayload payload(Matrix matrix) {
            if (!(data instanceof JsonObject object)) {
                throw new InvalidRequestException("data: expected an object.");
            }
            Map<String, Json> members = new LinkedHashMap<>(object.members());
            members.putIfAbsent("ownerType", new JsonString(owner.type().name().toLowerCase(Locale.ROOT)));
            members.putIfAbsent("ownerId", new JsonString(owner.id()));
            byte[] whole = matrix.json().write(new JsonObject(members));
            try {
                EventType known = matrix.events().types().get(type);
                EventPayload payload = matrix.json().decode(whole, known.payload(), known);
                if (!payload.owner().equals(owner)) {
                    throw new InvalidRequestException("data: its owner is not that of the line.");
                }
                return payload;
            } catch (InvalidJsonException e) {
                throw new InvalidRequestException("data: " + e.getMessage());
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param path null: the file that comes with the program
     * @throws InvalidRequestException when it can't be read
     */
    static EventFile read(@Nullable Path path, Matrix matrix) {
        String name = path == null ? SHIPPED : path.toString();
        try {
            return of(name, path == null ? shipped() : Files.readAllBytes(path), matrix);
        } catch (IOException e) {
            throw new InvalidRequestException("The file " + name + " can't be read (" + e + ").");
        }
    }

    private static byte[] shipped() throws IOException {
        try (InputStream in = Objects.requireNonNull(EventFile.class.getResourceAsStream(SHIPPED), SHIPPED)) {
            return in.readAllBytes();
        }
    }

    /** Splits bytes, not text: a line that is no UTF-8 is then refused alone. */
    static EventFile of(String name, byte[] bytes, Matrix matrix) {
        List<Entry> entries = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        int start = 0;
        for (int line = 1; start < bytes.length; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            byte[] text = Arrays.copyOfRange(bytes, start, end);
            if (!isBlank(text)) {
                try {
                    entries.add(new Entry(
                            line, matrix.json().decode(text, Line.class).draft(matrix)));
                } catch (InvalidRequestException e) {
                    refusals.add(new Refusal(line, String.valueOf(e.getMessage())));
                }
            }
            start = end + 1;
        }
        return new EventFile(name, List.copyOf(entries), List.copyOf(refusals));
    }

    private static boolean isBlank(byte[] text) {
        for (byte each : text) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }
}
