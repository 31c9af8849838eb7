package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has the audit log tell of events about money, each once, after their commit: its type, its ids, its amounts, and the hash of its payload,
 * by which the event itself can be checked. No payload is too long for that.
 */
record AuditEvents(AuditWriter writer, Set<EventPattern> interests) implements EventSubscriber.Transactional {

    private static final Actor EVENTS = Actor.software("events");
    private static final int MOST_MEMBERS = 40;
    private static final int LONGEST_ID = 300;
    private static final int LONGEST_ENTRY_ID = 80;

    static Set<EventPattern> patterns(String... texts) {
        return Stream.of(texts).map(EventPattern::new).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        AuditWriter.Persons persons = writer.persons(tx);
        for (StoredEvent stored : events) {
            AuditEntry entry = entry(stored);
            writer.write(tx, persons, entry, entry.action(), id(stored.event().id()));
        }
    }

    /** The same at each delivery, so that an event is told once, and no other entry's. */
    private static String id(String eventId) {
        String plain = "aud_e." + eventId;
        return plain.length() <= LONGEST_ENTRY_ID ? plain : "aud_e." + sha256(eventId.getBytes(UTF_8));
    }

    private static AuditEntry entry(StoredEvent stored) {
        EventPayload payload = stored.event().payload();
        String type = stored.event().type().name();
        Map<String, String> data = new TreeMap<>();
        data.put("event", stored.event().id());
        data.put("payload_sha256", sha256(stored.json()));
        for (RecordComponent component : payload.getClass().getRecordComponents()) {
            String text = text(component, payload);
            if (text != null && data.size() < MOST_MEMBERS) {
                data.put(component.getName(), text);
            }
        }
        String action = type.startsWith(AuditNames.RESERVED) ? "event" : type;
        return AuditEntry.of(
                        payload.owner(),
                        EVENTS,
                        action,
                        Category.BILLING,
                        new Target("event", stored.event().id()))
                .data(data);
    }

    /** Ids and amounts; null: the component is neither. */
    private static @Nullable String text(RecordComponent component, EventPayload payload) {
        boolean id = component.getType() == String.class
                && (component.getName().equals("id") || component.getName().endsWith("Id"));
        if (!id && component.getType() != Money.class) {
            return null;
        }
        try {
            Object value = component.getAccessor().invoke(payload);
            String text = value == null ? null : value.toString();
            return text == null || text.length() > LONGEST_ID ? null : text;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256; this one doesn't.", e);
        }
    }
}
