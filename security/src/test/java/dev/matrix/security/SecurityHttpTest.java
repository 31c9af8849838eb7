package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.ApiCaller.Answer;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.FactorProofStore;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security over HTTP, and as what guards the API. */
class SecurityHttpTest {

    private static final String PROXY = "10.9.9.9";
    private static final Owner OWNER = Owner.user("u_42");
    private static final Set<String> ALL = Set.of("security:read", "security:write", "security:check");
    private static final Set<String> OPERATOR =
            Set.of("security:read", "security:write", "security:check", "platform:operate");

    private final ManualClock clock = ManualClock.at("2026-11-02T09:30:00Z");
    private final Node node = new Node(
            Stores.inMemory(),
            clock,
            "one",
            wiring -> wiring.trustedProxies(PROXY)
                    .levelOf(operation ->
                            operation.id().equals("rotateApiKey") ? SecurityLevel.HIGH : SecurityLevel.LOW));
    private final ApiDispatcher api = ApiDispatcher.on(node.matrix)
            .modules(node.security.api())
            .authenticator(node.security.authenticator())
            .guard(node.security.guard())
            .listener(node.security.listener())
            .clientAddress(node.security.clientAddresses())
            .checkReplies(true)
            .build();
    private final IssuedApiKey customer = node.security.apiKeys().issue(OWNER, "customer", ALL, null, Node.HOST);
    private final IssuedApiKey stranger =
            node.security.apiKeys().issue(Owner.user("u_43"), "stranger", ALL, null, Node.HOST);
    private final IssuedApiKey operator =
            node.security.apiKeys().issue(Owner.platform(), "operator", OPERATOR, null, Node.HOST);

    private final IssuedApiKey factors =
            node.security.apiKeys().issue(OWNER, "factors", Set.of("security:factors"), null, Node.HOST);

    private Answer call(
            IssuedApiKey key, String method, String target, @Nullable String body, String peer, String... forwarded) {
        return new ApiCaller(api).call(key, method, target, body, peer, forwarded);
    }

    private Answer call(IssuedApiKey key, String method, String target, @Nullable String body) {
        return call(key, method, target, body, "192.0.2.1");
    }

    private Answer addRule(IssuedApiKey key, String members) {
        return call(key, "POST", "/v1/security/ip-rules", "{\"action\":\"block\"," + members + "}");
    }

    @Test
    @Tag("SE51")
    @Tag("G52")
    void aForgedHeaderOfAnUntrustedPeerChangesNothing() {
        node.add(RuleScope.of(OWNER), RuleAction.BLOCK, "6.6.6.6");
        String list = "/v1/security/ip-rules";
        assertThat(call(customer, "GET", list, null, "192.0.2.1").status()).isEqualTo(200);
        assertThat(call(customer, "GET", list, null, "192.0.2.1", "6.6.6.6").status())
                .isEqualTo(200);
        assertThat(call(customer, "GET", list, null, "6.6.6.6", "192.0.2.1").member("code"))
                .isEqualTo("access_denied");
        assertThat(call(customer, "GET", list, null, PROXY, "192.0.2.1, 6.6.6.6")
                        .member("code"))
                .isEqualTo("access_denied");
        assertThat(call(customer, "GET", list, null, PROXY, "6.6.6.6", "192.0.2.1")
                        .status())
                .isEqualTo(200);
        assertThat(call(customer, "GET", list, null, PROXY, "unknown").status()).isEqualTo(403);
    }

    @Test
    @Tag("SE51")
    @Tag("G52")
    void aHighOperationAsksForASecondFactorAndARefusalNamesNoRule() {
        Answer asked = call(
                customer,
                "POST",
                "/v1/security/api-keys/" + customer.key().id() + "/rotations",
                "{\"overlap\":\"PT1H\"}");
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.member("code")).isEqualTo("verification_required");
        String id = node.add(RuleScope.of(OWNER), RuleAction.BLOCK, "192.0.2.0/24");
        Answer denied = call(customer, "GET", "/v1/security/ip-rules", null);
        assertThat(denied.body()).contains("access_denied").doesNotContain(id).doesNotContain("192.0.2");
    }

    @Test
    @Tag("SE52")
    @Tag("SE65")
    @Tag("G53")
    @Tag("G65")
    void aCustomersKeyReachesItsOwnOwnerAlone() {
        String theirs = node.add(RuleScope.of(Owner.user("u_43")), RuleAction.BLOCK, "9.9.9.9");
        String platforms = node.add(RuleScope.platform(), RuleAction.BLOCK, "8.8.8.8");
        assertThat(addRule(customer, "\"range\":\"7.7.7.7\"").status()).isEqualTo(201);
        assertThat(addRule(customer, "\"range\":\"7.7.7.7\",\"scopeType\":\"platform\"")
                        .status())
                .isEqualTo(403);
        assertThat(addRule(customer, "\"range\":\"7.7.7.7\",\"ownerType\":\"user\",\"ownerId\":\"u_43\"")
                        .status())
                .isIn(403, 404);
        assertThat(addRule(
                                customer,
                                "\"range\":\"7.7.7.7\",\"scopeType\":\"key\",\"apiKeyId\":\""
                                        + stranger.key().id() + "\"")
                        .status())
                .isEqualTo(404);
        assertThat(addRule(
                                customer,
                                "\"range\":\"7.7.7.7\",\"scopeType\":\"key\",\"apiKeyId\":\""
                                        + customer.key().id() + "\"")
                        .status())
                .as("its own")
                .isEqualTo(403);
        for (String id : List.of(theirs, platforms, "ipr_none")) {
            assertThat(call(customer, "DELETE", "/v1/security/ip-rules/" + id, null)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(call(customer, "GET", "/v1/security/policies/platform", null).status())
                .isEqualTo(403);
        assertThat(call(
                                customer,
                                "DELETE",
                                "/v1/security/api-keys/" + stranger.key().id(),
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(call(operator, "DELETE", "/v1/security/ip-rules/" + platforms, null)
                        .status())
                .isEqualTo(204);
        assertThat(addRule(operator, "\"range\":\"7.7.7.8\",\"scopeType\":\"platform\"")
                        .status())
                .isEqualTo(201);
    }

    @Test
    @Tag("SE50")
    @Tag("SE65")
    @Tag("G50")
    void aKeyIsIssuedWithScopesThatTheCallerHoldsAndShownOnce() {
        Answer more = call(customer, "POST", "/v1/security/api-keys", "{\"name\":\"x\",\"scopes\":[\"events:read\"]}");
        assertThat(more.member("code")).isEqualTo("insufficient_scope");
        Answer operating =
                call(customer, "POST", "/v1/security/api-keys", "{\"name\":\"x\",\"scopes\":[\"platform:operate\"]}");
        assertThat(operating.status()).isEqualTo(403);
        Answer issued =
                call(customer, "POST", "/v1/security/api-keys", "{\"name\":\"x\",\"scopes\":[\"security:read\"]}");
        assertThat(issued.status()).isEqualTo(201);
        assertThat(node.security.apiKeys().authenticate(issued.member("key"), Set.of("security:read")))
                .isInstanceOf(KeyCheck.Authenticated.class);
        Answer listed = call(customer, "GET", "/v1/security/api-keys", null);
        assertThat(listed.body()).contains(issued.member("id")).doesNotContain(issued.member("key"));
        assertThat(call(customer, "DELETE", "/v1/security/api-keys/" + issued.member("id"), null)
                        .status())
                .isEqualTo(204);
    }

    @Test
    @Tag("G10")
    void whatLocksTheCallerOutIsA409AndADryRunA200() {
        Answer unsure = addRule(customer, "\"range\":\"192.0.2.0/24\"");
        assertThat(unsure.status()).isEqualTo(409);
        assertThat(unsure.member("code")).isEqualTo("confirmation_required");
        assertThat(unsure.body()).contains("192.0.2.1").contains("confirmed: true");
        assertThat(addRule(customer, "\"range\":\"192.0.3.0/24\",\"dryRun\":true")
                        .status())
                .isEqualTo(200);
        assertThat(addRule(customer, "\"range\":\"192.0.2.0/24\",\"confirmed\":true,\"callerAddress\":\"1.1.1.1\"")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aStalePolicyIsA409() {
        String body = "{\"ipDefault\":\"allow\",\"precedence\":\"most_specific\",\"stepUpAge\":\"PT1H\",\"version\":0}";
        assertThat(call(customer, "PUT", "/v1/security/policies/owner", body).status())
                .isEqualTo(200);
        assertThat(call(customer, "PUT", "/v1/security/policies/owner", body).status())
                .isEqualTo(409);
        assertThat(call(customer, "GET", "/v1/security/policies/owner", null).body())
                .contains("\"version\":1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010.0.0.1",
                "127.1",
                "2130706433",
                "1.2.3",
                "-1.2.3.4",
                "*",
                "www",
                "::1 ",
                "::1%1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/24/8",
                "10.0.0.1/255.0.255.0",
                "::1/6000",
                "::ffff:10.0.0.0/8",
                "10.1.2.3/8"
            })
    @Tag("SE1")
    @Tag("SE2")
    void aBadRangeIsRefusedWithTheRightForm(String range) {
        Answer refused = addRule(customer, "\"range\":\"" + range + "\"");
        assertThat(refused.status()).isIn(400, 422);
        assertThat(refused.body()).contains("192.0.2.7");
    }

    @Test
    @Tag("G3")
    void anImportTellsEachBadLineAndKnowsTheNamesOfRanges() {
        String bad =
                "{\"rules\":[{\"range\":\"10.0.0.0/8\",\"action\":\"block\"},{\"range\":\"10.1.2.3/8\",\"action\":\"block\"},"
                        + "{\"range\":\"www\",\"action\":\"block\"}]}";
        Answer refused = call(customer, "POST", "/v1/security/ip-rules/imports", bad);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("/rules/1/range", "/rules/2/range", "10.0.0.0/8")
                .doesNotContain("/rules/0");
        String named = "{\"rules\":[{\"range\":\"uniquelocal\",\"action\":\"require_verification\"}]}";
        assertThat(call(customer, "POST", "/v1/security/ip-rules/imports", named)
                        .status())
                .isEqualTo(200);
        assertThat(node.security
                        .rules()
                        .ipRules(RuleScope.of(OWNER), PageRequest.first(9))
                        .items())
                .hasSize(4);
    }

    @Test
    @Tag("G19")
    @Tag("G65")
    void aCheckDecidesAsTheHostWouldAndHidesThePlatformsRules() {
        String id = node.add(RuleScope.platform(), RuleAction.BLOCK, "8.8.8.8");
        String own = node.add(RuleScope.of(OWNER), RuleAction.BLOCK, "8.8.8.0/24");
        String body = "{\"peer\":\"" + PROXY + "\",\"forwarded\":[\"8.8.8.8\"],\"action\":\"test\",\"groups\":[\"g\"]}";
        Answer denied = call(customer, "POST", "/v1/security/access-checks", body);
        assertThat(denied.status()).isEqualTo(200);
        assertThat(denied.body())
                .contains("\"outcome\":\"deny\"", own, "\"platform\"")
                .doesNotContain(id);
        String operators = body.replaceFirst("\\{", "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",");
        assertThat(call(operator, "POST", "/v1/security/access-checks", operators)
                        .body())
                .contains(id);
        String foreign =
                body.replaceFirst("\\{", "{\"apiKeyId\":\"" + stranger.key().id() + "\",");
        assertThat(call(customer, "POST", "/v1/security/access-checks", foreign).status())
                .isEqualTo(404);
    }

    @Test
    @Tag("SE66")
    @Tag("G52")
    @Tag("G66")
    void writesAndRefusalsAreWrittenDownOnceAMinuteAndAFloodIsCounted() {
        addRule(customer, "\"range\":\"7.7.7.7\"");
        IssuedApiKey broken = new IssuedApiKey(customer.key(), customer.text() + "x");
        for (int i = 0; i < 2_000; i++) {
            call(broken, "GET", "/v1/security/ip-rules", null, "9.9." + i / 250 + "." + i % 250);
        }
        clock.advance(Duration.ofMinutes(1));
        node.runSteps();
        List<AuditRecord> entries = node.security
                .auditLog()
                .entries((Owner) null, PageRequest.first(1_000))
                .items();
        assertThat(entries.stream().filter(entry -> entry.action().equals("api.called")))
                .hasSizeLessThan(60)
                .anySatisfy(entry -> assertThat(entry.body()).contains("addIpRule", "\"status\":\"201\""))
                .anySatisfy(entry -> assertThat(entry.body()).contains("\"status\":\"401\"", "\"times\":\"2000\""))
                .noneSatisfy(entry -> assertThat(entry.body()).contains("9.9."));
    }

    @Test
    @Tag("SE71")
    @Tag("G72")
    void aSecondFactorIsEnrolledProvedAndLockedOverHttp() {
        String who = "\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"subjectId\":\"alice\"";
        String begin = "{" + who + ",\"issuer\":\"Acme\",\"accountLabel\":\"alice\"}";
        Answer begun = call(factors, "POST", "/v1/security/totp/secrets", begin);
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.body()).contains("<svg", "otpauth://totp/Acme:alice?secret=" + begun.member("secret"));
        String verify = "/v1/security/totp/verifications";
        String wrong = "{" + who + ",\"code\":\"000000\",\"firstFactorVerified\":true}";
        assertThat(call(factors, "POST", verify, wrong).status())
                .as("not confirmed")
                .isEqualTo(404);
        assertThat(call(factors, "POST", verify, wrong.replace("true", "false")).member("code"))
                .isEqualTo("first_factor_required");
        String confirm = wrong.replace("}", ",\"deviceId\":\"" + begun.member("deviceId") + "\"}");
        for (int i = 0; i < 5; i++) {
            assertThat(call(factors, "POST", verify, confirm).member("code")).isEqualTo("code_rejected");
        }
        assertThat(call(factors, "POST", verify, confirm).status()).isEqualTo(423);
        assertThat(call(factors, "POST", "/v1/security/recovery-codes", "{" + who + ",\"proofId\":\"prf_none\"}")
                        .member("code"))
                .isEqualTo("proof_required");
        assertThat(call(factors, "GET", "/v1/security/totp/secrets?subjectId=alice&ownerType=user&ownerId=u_42", null)
                        .body())
                .contains(begun.member("deviceId"))
                .doesNotContain(begun.member("secret"));
        assertThat(call(stranger, "POST", verify, wrong).status()).isEqualTo(403);
    }

    @Test
    @Tag("G53")
    void everyScopeIsShownAsItIsNamed() {
        String key = stranger.key().id();
        assertThat(call(operator, "GET", "/v1/security/policies/platform", null).body())
                .contains("\"scopeType\":\"platform\"");
        assertThat(call(customer, "GET", "/v1/security/policies/group?group=admins", null)
                        .body())
                .contains("\"scopeType\":\"group\"", "\"group\":\"admins\"", "\"ownerId\":\"u_42\"");
        assertThat(call(operator, "GET", "/v1/security/policies/key?apiKeyId=" + key, null)
                        .body())
                .contains("\"scopeType\":\"key\"", key);
        assertThat(call(customer, "GET", "/v1/security/policies/group", null).status())
                .isEqualTo(400);
    }

    @Test
    @Tag("SE46")
    void recoveryCodesAreShownOnceAndNoTextFormTellsThem() {
        Subject alice = new Subject(OWNER, "alice");
        node.matrix
                .transactions()
                .inTransaction(tx -> node.matrix
                        .stores()
                        .get(FactorProofStore.class)
                        .insertProof(tx, "prf_1", OWNER, "alice", clock.instant()));
        String body = "{\"subjectId\":\"alice\",\"proofId\":\"prf_1\"}";
        Answer made = call(factors, "POST", "/v1/security/recovery-codes", body);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body()).containsPattern("\"codes\":\\[\"0[0-9A-Z]{3}-");
        assertThat(node.security.secondFactors().status(alice).recoveryCodesLeft())
                .isEqualTo(10);
        assertThat(call(factors, "POST", "/v1/security/recovery-codes", body).member("code"))
                .isEqualTo("proof_required");
        assertThat(new FactorViews.RecoveryCodesView(List.of("hush")).toString())
                .doesNotContain("hush");
        assertThat(new FactorRequests.VerifyCode(OWNER, "alice", "hush", true, null).toString())
                .doesNotContain("hush");
    }

    @Test
    @Tag("G53")
    @Tag("G54")
    @Tag("SE52")
    @Tag("SE53")
    void theAuditLogIsForOperatorsAndReadingItLeavesOneEntryAnHour() {
        Set<String> scopes = Set.of("security:audit", "platform:operate");
        IssuedApiKey auditor = node.security.apiKeys().issue(Owner.platform(), "auditor", scopes, null, Node.HOST);
        IssuedApiKey curious =
                node.security.apiKeys().issue(OWNER, "curious", Set.of("security:audit"), null, Node.HOST);
        node.runSteps();
        assertThat(call(curious, "GET", "/v1/security/audit-logs", null, "192.0.2.1")
                        .status())
                .isEqualTo(403);
        Answer listed = call(auditor, "GET", "/v1/security/audit-logs", null, "192.0.2.1");
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        call(auditor, "GET", "/v1/security/audit-logs", null, "192.0.2.1");
        assertThat(node.security.auditLog().entries((Owner) null, PageRequest.first(99)).items().stream()
                        .filter(entry -> entry.action().equals("audit.read")))
                .hasSize(1);
        clock.advance(Duration.ofHours(1));
        node.runSteps();
        call(auditor, "GET", "/v1/security/audit-logs", null, "192.0.2.1");
        assertThat(node.security.auditLog().entries((Owner) null, PageRequest.first(99)).items().stream()
                        .filter(entry -> entry.action().equals("audit.read")))
                .hasSize(2);

        Answer checkpoint = call(auditor, "GET", "/v1/security/audit-logs/checkpoint", null, "192.0.2.1");
        assertThat(checkpoint.body()).startsWith("audit\n").contains("\u2014 audit ");
        String entry = listed.member("id");
        Answer proof = call(auditor, "GET", "/v1/security/audit-logs/proofs?entryId=" + entry, null, "192.0.2.1");
        assertThat(proof.body()).startsWith("c2sp.org/tlog-proof@v1\nextra ");
        assertThat(EntryProof.parse(proof.body().getBytes(UTF_8)).holds()).isTrue();
        Answer grown = call(auditor, "GET", "/v1/security/audit-logs/proofs?from=1&to=2", null, "192.0.2.1");
        assertThat(grown.status()).as(grown.body()).isEqualTo(200);
        assertThat(grown.body()).contains("\"from\":1,\"to\":2,\"hashes\":[");
        for (String wrong : List.of("", "?entryId=a&from=1", "?from=1", "?from=0&to=1")) {
            assertThat(call(auditor, "GET", "/v1/security/audit-logs/proofs" + wrong, null, "192.0.2.1")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(call(auditor, "GET", "/v1/security/audit-logs/proofs?entryId=aud_none", null, "192.0.2.1")
                        .status())
                .isEqualTo(404);
        assertThat(call(auditor, "GET", "/v1/security/audit-logs/proofs?from=1&to=999", null, "192.0.2.1")
                        .status())
                .isEqualTo(409);
    }
}
