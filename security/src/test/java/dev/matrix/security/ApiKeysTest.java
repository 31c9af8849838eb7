package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.api.ApiCredentials;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.KeyCheck.Authenticated;
import dev.matrix.security.KeyCheck.Refused;
import dev.matrix.security.spi.ApiKeyRow.State;
import dev.matrix.testkit.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A key from its issue to its end. */
class ApiKeysTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final Set<String> READ = Set.of("security:read");

    private final Node node = Node.alone();
    private final ApiKeys keys = node.security.apiKeys();

    private IssuedApiKey issue() {
        return keys.issue(OWNER, "a key", READ, null, Node.HOST);
    }

    private static boolean isGood(Node on, IssuedApiKey issued) {
        return on.security.apiKeys().authenticate(issued.text(), READ) instanceof Authenticated;
    }

    /** Counts transactions, so that a test sees whether something was read. */
    private record Counting(Stores stores, AtomicInteger count) implements Stores {

        @Override
        public <S> S get(Class<S> type) {
            return stores.get(type);
        }

        @Override
        public <S> Stores with(Class<S> type, S store) {
            return new Counting(stores.with(type, store), count);
        }

        @Override
        public Transactions transactions() {
            return new Transactions() {
                @Override
                public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
                    if (count.incrementAndGet() < 0) {
                        throw new StorageException("away");
                    }
                    return stores.transactions().returning(work);
                }
            };
        }

        @Override
        public dev.matrix.core.spi.StoreClock clock(java.time.InstantSource clock) {
            return stores.clock(clock);
        }

        @Override
        public boolean persistent() {
            return stores.persistent();
        }
    }

    @Test
    @Tag("SE31")
    @Tag("G30")
    void aKeyHasItsFormAndATypingErrorIsRefusedWithoutARead() {
        AtomicInteger transactions = new AtomicInteger();
        Node one = new Node(new Counting(Stores.inMemory(), transactions), node.clock, "one", wiring -> wiring);
        IssuedApiKey issued = one.security.apiKeys().issue(OWNER, "a key", READ, null, Node.HOST);
        assertThat(issued.text()).matches("mtx_live_[0-9A-Za-z]{49}");
        assertThat(issued.key().hint())
                .isEqualTo(issued.text().substring(0, 12) + "…" + issued.text().substring(54));
        int before = transactions.get();
        Random random = new Random(30);
        for (int i = 0; i < 58; i++) {
            StringBuilder changed = new StringBuilder(issued.text());
            char other = "0aZ".charAt(random.nextInt(3));
            changed.setCharAt(i, changed.charAt(i) == other ? '1' : other);
            assertThat(one.security.apiKeys().authenticate(changed, READ)).isEqualTo(new Refused("malformed"));
        }
        for (String text : List.of(
                "", "mtx", "mtx_live_", "mtx_test_" + issued.text().substring(9), issued.text() + "0", "\ud800")) {
            assertThat(one.security.apiKeys().authenticate(text, READ)).isEqualTo(new Refused("malformed"));
        }
        assertThat(transactions.get()).isEqualTo(before);
        assertThat(isGood(one, issued)).isTrue();
        assertThat(transactions.get()).isEqualTo(before + 1);
        assertThat(isGood(one, issued)).as("kept for 2 s").isTrue();
        assertThat(transactions.get()).isEqualTo(before + 1);
    }

    @Test
    @Tag("SE31")
    @Tag("G13")
    @Tag("G31")
    void aRevocationCountsOnEveryNodeIn2Seconds() {
        Stores shared = Stores.inMemory();
        Node one = new Node(shared, node.clock, "one", wiring -> wiring);
        Node two = new Node(shared, node.clock, "two", wiring -> wiring);
        IssuedApiKey issued = one.security.apiKeys().issue(OWNER, "a key", READ, null, Node.HOST);
        assertThat(isGood(two, issued)).isTrue();
        assertThat(one.security.apiKeys().revoke(OWNER, issued.key().id(), Node.HOST))
                .isTrue();
        assertThat(one.security.apiKeys().revoke(OWNER, issued.key().id(), Node.HOST))
                .isFalse();
        node.clock.advance(Duration.ofSeconds(2));
        assertThat(isGood(two, issued)).isFalse();
        assertThat(isGood(one, issued)).isFalse();
    }

    @Test
    @Tag("G13")
    void aTextThatWasNoKeyIsOneOnceItIsIssued() {
        Stores shared = Stores.inMemory();
        Node one = new Node(shared, node.clock, "one", wiring -> wiring);
        Node two = new Node(shared, node.clock, "one", wiring -> wiring);
        IssuedApiKey other = new Node(Stores.inMemory(), node.clock, "one", wiring -> wiring)
                .security
                .apiKeys()
                .issue(OWNER, "a key", READ, null, Node.HOST);
        assertThat(two.security.apiKeys().authenticate(other.text(), READ)).isEqualTo(new Refused("unknown"));
        IssuedApiKey same = one.security.apiKeys().issue(OWNER, "a key", READ, null, Node.HOST);
        assertThat(same.text()).isEqualTo(other.text());
        assertThat(isGood(two, same)).isTrue();
    }

    @Test
    @Tag("SE31")
    @Tag("G31")
    void of60IssuesAtOnce50SucceedAndEnded() {
        List<OtherThread<Boolean>> callers = IntStream.range(0, 60)
                .mapToObj(i -> OtherThread.running(() -> {
                    try {
                        issue();
                        return true;
                    } catch (ConflictException full) {
                        return false;
                    }
                }))
                .toList();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(50);
        String first = keys.list(OWNER, PageRequest.first(1)).items().get(0).id();
        keys.revoke(OWNER, first, Node.HOST);
        assertThat(issue().key().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    @Tag("SE31")
    @Tag("SE50")
    @Tag("G31")
    void duringTheOverlapBothKeysWorkAndTheOldEndsAtTheExactInstant() {
        IssuedApiKey old = issue();
        Instant end = node.clock.instant().plus(Duration.ofHours(24));
        IssuedApiKey fresh = keys.rotate(OWNER, old.key().id(), Duration.ofHours(24), Node.HOST);
        assertThat(isGood(node, old)).isTrue();
        assertThat(isGood(node, fresh)).isTrue();
        assertThatThrownBy(() -> keys.rotate(OWNER, old.key().id(), Duration.ofHours(24), Node.HOST))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> keys.rotate(OWNER, fresh.key().id(), Duration.ofDays(8), Node.HOST))
                .isInstanceOf(InvalidRequestException.class);
        node.clock.set(end.minusNanos(1));
        assertThat(isGood(node, old)).isTrue();
        node.clock.set(end);
        assertThat(isGood(node, old)).isFalse();
        assertThat(isGood(node, fresh)).isTrue();
    }

    @Test
    @Tag("SE50")
    @Tag("G50")
    void anEndIsOnlyBroughtForward() {
        Instant now = node.clock.instant();
        IssuedApiKey issued = keys.issue(OWNER, "a key", READ, now.plusSeconds(60), Node.HOST);
        String id = issued.key().id();
        assertThatThrownBy(() -> keys.endEarlier(OWNER, id, now.plusSeconds(61), Node.HOST))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(keys.endEarlier(OWNER, id, now.plusSeconds(30), Node.HOST).expiresAt())
                .isEqualTo(now.plusSeconds(30));
        node.clock.advance(Duration.ofSeconds(30));
        assertThat(isGood(node, issued)).isFalse();
        assertThatThrownBy(() -> keys.endEarlier(OWNER, id, now.plusSeconds(40), Node.HOST))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> keys.endEarlier(Owner.user("other"), id, now.plusSeconds(40), Node.HOST))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("SE65")
    @Tag("G65")
    void aKeysOwnRulesHoldForThoseItIssuesAndForItsSuccessor() {
        IssuedApiKey issuer =
                keys.issue(OWNER, "issuer", READ, node.clock.instant().plusSeconds(600), Node.HOST);
        node.add(RuleScope.key(issuer.key().id()), RuleAction.BLOCK, "10.0.0.0/8");
        node.policy(RuleScope.key(issuer.key().id()), policy -> policy.stepUpAge(Duration.ofMinutes(5)));
        IssuedApiKey child =
                keys.issue(OWNER, "child", READ, null, Actor.key(issuer.key().id()));
        IssuedApiKey successor = keys.rotate(OWNER, issuer.key().id(), Duration.ZERO, Node.HOST);
        assertThat(child.key().expiresAt()).isEqualTo(issuer.key().expiresAt());
        assertThat(successor.key().expiresAt()).isEqualTo(issuer.key().expiresAt());
        node.runSteps();
        for (IssuedApiKey each : List.of(child, successor)) {
            AccessRequest request = AccessRequest.of(OWNER, Node.client("10.1.1.1"), "test")
                    .apiKey(each.key().id());
            assertThat(node.security.access().decide(request).isAllowed()).isFalse();
            assertThat(node.security
                            .rules()
                            .policy(RuleScope.key(each.key().id()))
                            .stepUpAge())
                    .hasMinutes(5);
        }
    }

    @Test
    @Tag("G50")
    @Tag("G65")
    void aKeyGivesNoScopeThatItLacksAndOnlyThePlatformsOperate() {
        Actor issuer = Actor.key(issue().key().id());
        assertThatThrownBy(() -> keys.issue(OWNER, "more", Set.of("security:write"), null, issuer))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> keys.issue(OWNER, "operator", Set.of("platform:operate"), null, Node.HOST))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(keys.issue(Owner.platform(), "operator", Set.of("platform:operate"), null, Node.HOST))
                .isNotNull();
        for (Set<String> bad : List.of(Set.<String>of(), Set.of("nonsense"), Set.of("A:b"), Set.of("a:b\n"))) {
            assertThatThrownBy(() -> keys.issue(OWNER, "bad", bad, null, Node.HOST))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @Tag("G62")
    void anOwnerIsIssued200KeysADay() {
        for (int i = 0; i < 200; i++) {
            keys.revoke(OWNER, issue().key().id(), Node.HOST);
        }
        assertThatThrownBy(this::issue).isInstanceOf(ConflictException.class).hasMessageContaining("200");
        node.clock.advance(Duration.ofDays(1).plusSeconds(1));
        assertThat(issue()).isNotNull();
    }

    @Test
    @Tag("G31")
    void anEndIsMarkedAndToldAndTheLastUseIsKept() {
        IssuedApiKey issued =
                keys.issue(OWNER, "a key", READ, node.clock.instant().plusSeconds(90), Node.HOST);
        Instant used = node.clock.advance(Duration.ofSeconds(10));
        assertThat(isGood(node, issued)).isTrue();
        node.runSteps();
        node.clock.advance(Duration.ofSeconds(60));
        node.runSteps();
        assertThat(keys.list(OWNER, PageRequest.first(9)).items())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.lastUsedAt()).isEqualTo(used);
                    assertThat(key.state()).isEqualTo(State.ACTIVE);
                });
        node.clock.advance(Duration.ofSeconds(60));
        node.runSteps();
        assertThat(keys.list(OWNER, PageRequest.first(9)).items())
                .extracting(ApiKey::state)
                .containsExactly(State.EXPIRED);
        assertThat(node.matrix
                        .events()
                        .page(EventQuery.all(), PageRequest.first(9))
                        .items())
                .extracting(event -> event.type().toString())
                .containsExactly("api_key.created", "api_key.expired");
        node.clock.advance(Duration.ofDays(366));
        node.runSteps();
        assertThat(keys.list(OWNER, PageRequest.first(9)).items()).isEmpty();
    }

    private Authentication authenticate(Node on, @Nullable String bearer) {
        return on.security.authenticator().authenticate(new ApiCredentials(bearer, ApiHeaders.empty(), "10.0.0.1"));
    }

    @Test
    @Tag("SE50")
    @Tag("G51")
    void theAuthenticatorLeavesOthersKeysToOthersAndTellsAnOutageFromARefusal() {
        AtomicInteger transactions = new AtomicInteger();
        Node one = new Node(new Counting(Stores.inMemory(), transactions), node.clock, "one", wiring -> wiring);
        IssuedApiKey issued = one.security.apiKeys().issue(OWNER, "a key", READ, null, Node.HOST);
        assertThat(authenticate(one, null)).isInstanceOf(Authentication.NotMine.class);
        assertThat(authenticate(one, "sk_live_1")).isInstanceOf(Authentication.NotMine.class);
        assertThat(authenticate(one, "mk_boot_2")).isInstanceOf(Authentication.NotMine.class);
        assertThat(authenticate(one, issued.text() + "x")).isInstanceOf(Authentication.Refused.class);
        assertThat(authenticate(one, issued.text()))
                .isInstanceOfSatisfying(Authentication.Authenticated.class, good -> {
                    assertThat(good.principal().id()).isEqualTo(issued.key().id());
                    assertThat(good.principal().owner()).isEqualTo(OWNER);
                    assertThat(good.principal().scopes()).isEqualTo(READ);
                });
        node.clock.advance(Duration.ofSeconds(2));
        transactions.set(Integer.MIN_VALUE);
        assertThat(authenticate(one, issued.text())).isInstanceOf(Authentication.Unavailable.class);
        transactions.set(0);
        assertThat(authenticate(one, issued.text())).isInstanceOf(Authentication.Authenticated.class);
    }

    @Test
    @Tag("SE46")
    void noKeyIsInTextFormsEventsOrTheLog() {
        IssuedApiKey issued = issue();
        assertThat(issued).hasToString("IssuedApiKey[" + issued.key().id() + "]");
        assertThat(issued.key().toString()).doesNotContain(issued.text());
        assertThat(node.matrix
                        .events()
                        .page(EventQuery.all(), PageRequest.first(9))
                        .items()
                        .toString())
                .doesNotContain(issued.text().substring(12, 50));
        assertThat(node.security
                        .auditLog()
                        .entries((Owner) null, PageRequest.first(9))
                        .items()
                        .toString())
                .doesNotContain(issued.text().substring(12, 50));
    }

    @Test
    @Tag("G30")
    void keysAreAllDifferentAndAPrefixHasAForm() {
        Set<String> texts = new HashSet<>();
        KeyText form = new KeyText("acme", true);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            String text = form.next(random);
            assertThat(text).startsWith("acme_test_");
            assertThat(form.isWellFormed(text)).isTrue();
            texts.add(text);
        }
        assertThat(texts).hasSize(1_000);
        for (String bad : List.of("", "A", "a", "1a", "toolongprefix", "a_b")) {
            assertThatThrownBy(() -> new KeyText(bad, false)).isInstanceOf(InvalidRequestException.class);
        }
    }
}
