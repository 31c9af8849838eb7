package dev.matrix.security;

import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.spi.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An entry as one line of what security software reads: CEF 0 (ArcSight) and OCSF 1.1. Whoever was erased stands there as erased. */
public final class AuditLines {

    private static final int AUTHENTICATION = 3002;
    private static final int ENTITY_MANAGEMENT = 3004;
    private static final int ACCOUNT_CHANGE = 3001;
    private static final int DATASTORE_ACTIVITY = 6005;
    private static final int API_ACTIVITY = 6003;
    private static final int OTHER = 99;
    private static final int PER_CLASS = 100;
    private static final int PER_CATEGORY = 1_000;
    private static final int MFA_ENABLE = 10;
    private static final int MFA_DISABLE = 11;
    private static final int LOCK = 9;
    private static final int UNLOCK = 12;

    /** What became of second factors, as OCSF's Account Change tells activities apart. */
    private static final Map<String, Integer> FACTOR_ACTIVITIES = Map.of(
            "second_factor.confirmed", MFA_ENABLE,
            "second_factor.removed", MFA_DISABLE,
            "second_factor.reset", MFA_DISABLE,
            "second_factor.locked", LOCK,
            "second_factor.unlocked", UNLOCK);

    private AuditLines() {}

    /** As a line of ArcSight's Common Event Format, version 0, without its line break. */
    public static String cef(AuditRecord entry) {
        List<String> parts = new ArrayList<>();
        parts.add("rt=" + entry.at().toEpochMilli());
        parts.add("externalId=" + ofExtension(entry.id()));
        parts.add("suser=" + ofExtension(entry.actor()));
        parts.add("outcome=" + (entry.success() ? "success" : "failure"));
        parts.add("cat=" + ofExtension(entry.category()));
        parts.add("cs1Label=owner");
        parts.add("cs1=" + ofExtension(entry.owner().toString()));
        if (entry.actorData().containsKey("ip")) {
            parts.add("src=" + ofExtension(entry.actorData().get("ip")));
        }
        parts.add("cs2Label=body");
        parts.add("cs2=" + ofExtension(entry.body()));
        return "CEF:0|Matrix|matrix-security|1|" + ofHeader(entry.action()) + "|" + ofHeader(entry.action()) + "|"
                + (entry.success() ? "3" : "6") + "|" + String.join(" ", parts);
    }

    private static String ofHeader(String text) {
        return oneLine(text.replace("\\", "\\\\").replace("|", "\\|"));
    }

    private static String ofExtension(String text) {
        return oneLine(text.replace("\\", "\\\\").replace("=", "\\="));
    }

    /** Line breaks as CEF writes them; the two of Unicode, for which it has no sign, as JSON does. */
    private static String oneLine(String text) {
        return text.replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** As a JSON object of the Open Cybersecurity Schema Framework, without a line break. */
    public static String ocsf(AuditRecord entry) {
        int type = classOf(entry);
        int activity = type == ACCOUNT_CHANGE ? FACTOR_ACTIVITIES.getOrDefault(entry.action(), OTHER) : OTHER;
        StringBuilder json = new StringBuilder("{\"class_uid\":")
                .append(type)
                .append(",\"category_uid\":")
                .append(type / PER_CATEGORY)
                .append(",\"activity_id\":")
                .append(activity)
                .append(",\"type_uid\":")
                .append((long) type * PER_CLASS + activity)
                .append(",\"time\":")
                .append(entry.at().toEpochMilli())
                .append(",\"severity_id\":")
                .append(entry.success() ? 1 : 2)
                .append(",\"status_id\":")
                .append(entry.success() ? 1 : 2);
        json.append(",\"metadata\":{\"version\":\"1.1.0\",\"uid\":")
                .append(quoted(entry.id()))
                .append(",\"product\":{\"name\":\"matrix-security\",\"vendor_name\":\"Matrix\"}}");
        json.append(",\"activity_name\":").append(quoted(entry.action()));
        json.append(",\"actor\":{\"user\":{\"uid\":")
                .append(quoted(entry.actor()))
                .append("}}");
        if (entry.actorData().containsKey("ip")) {
            json.append(",\"src_endpoint\":{\"ip\":")
                    .append(quoted(entry.actorData().get("ip")))
                    .append('}');
        }
        json.append(",\"unmapped\":{\"owner\":").append(quoted(entry.owner().toString()));
        json.append(",\"category\":").append(quoted(entry.category()));
        json.append(",\"actor_data\":").append(object(entry.actorData()));
        json.append(",\"target_data\":").append(object(entry.targetData()));
        return json.append(",\"body\":")
                .append(quoted(entry.body()))
                .append("}}")
                .toString();
    }

    private static int classOf(AuditRecord entry) {
        if (entry.action().startsWith("second_factor.")) {
            return ACCOUNT_CHANGE;
        }
        return switch (Category.valueOf(entry.category())) {
            case AUTHENTICATION -> AUTHENTICATION;
            case ADMIN -> ENTITY_MANAGEMENT;
            case DATA -> DATASTORE_ACTIVITY;
            case ACCESS, BILLING -> API_ACTIVITY;
        };
    }

    private static String object(Map<String, String> values) {
        List<String> members = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> members.add(quoted(name) + ":" + quoted(value)));
        return "{" + String.join(",", members) + "}";
    }

    /** A JSON string; all that could break a line in some reader is escaped (RFC 8259, section 7). */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
