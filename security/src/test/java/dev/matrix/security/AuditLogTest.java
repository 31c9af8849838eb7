package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entries of the audit log: what is written, and what never is. */
class AuditLogTest {

    private static final Owner OWNER = Owner.partner("acme");
    private static final Actor ALICE = Actor.person(new Subject(OWNER, "alice"));

    private final Node node = Node.alone();
    private final AuditLog audit = node.security.auditLog();

    private static AuditEntry entry(String action) {
        return AuditEntry.of(OWNER, ALICE, action, Category.DATA, new Target("report", "r1"));
    }

    private String onlyBody() {
        return audit.entries(OWNER, PageRequest.first(9)).items().get(0).body();
    }

    @Test
    @Tag("G45")
    void valuesWhoseNameTellsOfASecretAreRedacted() {
        Map<String, String> data = new HashMap<>();
        for (String name :
                List.of("password", "clientSecret", "access_token", "Authorization", "apiKey", "otp", "resetCode")) {
            data.put(name, "hush");
        }
        data.put("size", "7");
        audit.append(entry("report.read").data(data));
        assertThat(onlyBody()).doesNotContain("hush").contains("[redacted]", "\"size\":\"7\"");
    }

    @Test
    @Tag("SE67")
    @Tag("G67")
    void whatAStoreCannotHoldIsRefusedBeforeAnyStatement() {
        for (String action : List.of("", "Report.read", "report read", "audit.pruned", "a".repeat(129))) {
            assertThatThrownBy(() -> entry(action)).isInstanceOf(InvalidRequestException.class);
        }
        for (String value : List.of("\0", "\ud800", "a\nb", "x".repeat(4_097))) {
            assertThatThrownBy(() -> entry("report.read").data(Map.of("note", value)))
                    .isInstanceOf(InvalidRequestException.class);
        }
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= 50; i++) {
            many.put("n" + i, "v");
        }
        assertThatThrownBy(() -> entry("report.read").data(many)).isInstanceOf(InvalidRequestException.class);
        many.clear();
        for (int i = 0; i < 20; i++) {
            many.put("n" + i, "x".repeat(4_000));
        }
        assertThatThrownBy(() -> audit.append(entry("report.read").data(many)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("65535");
        assertThat(audit.entries((Owner) null, PageRequest.first(9)).items()).isEmpty();
    }

    @Test
    void aPersonStandsInABodyByAPseudonymThatEndsWithThePersonsKey() {
        audit.append(entry("report.read"));
        String body = onlyBody();
        assertThat(body).startsWith("{\"v\":1,\"action\":\"report.read\"").doesNotContain("alice");
        String pseudonym = body.replaceFirst(".*\"actor\":\"person:([0-9a-f]{32})\".*", "$1");
        boolean known = node.matrix
                .transactions()
                .returning(
                        tx -> node.matrix.keys().findSubjectKey(tx, pseudonym).isPresent());
        assertThat(known).isTrue();
    }

    @Test
    @Tag("G59")
    void anEntryIsThereIfWhatItTellsOfIs() {
        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> audit.append(entry("report.read"))))
                .as("the form that promises durability")
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    audit.append(tx, entry("report.read"));
                    throw new IllegalArgumentException("rolled back");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(audit.entries(OWNER, PageRequest.first(9)).items()).isEmpty();
    }
}
