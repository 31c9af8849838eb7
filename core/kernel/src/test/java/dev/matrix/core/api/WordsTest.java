package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("D3")
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "createWebhook, webhooks, create",
        "listWebhookDeliveries, webhooks, listDeliveries",
        "listWebhooks, webhooks, list",
        "listWebhookPublicKeys, webhooks, listPublicKeys",
        "publishEvent, events, publish",
        "listEventTypes, events, listTypes",
        "replaceCurrencyConfig, currency, replaceConfig",
        "listCurrencies, currency, list",
        "replaceManualRate, currency, replaceManualRate",
        "calculateTax, tax, calculate",
        "listSlaAlerts, sla, listAlerts",
        "createApiKey, api-keys, create",
        "createAnalyticsReport, analytics, createReport",
        "getCaller, account, getCaller",
        "webhooks, webhooks, webhooks"
    })
    void anOperationsNameLosesItsTagsNoun(String id, String tag, String method) {
        assertThat(Words.ofOperation(id, tag).camel()).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource({
        "listDeliveries, list_deliveries, ListDeliveries",
        "x-y, x_y, XY",
        "If-Match, if_match, IfMatch",
        "__proto__, proto, Proto",
        "listIPRules, list_ip_rules, ListIpRules",
        "api-keys, api_keys, ApiKeys",
        "sha256, sha256, Sha256",
        "'?', value, Value"
    })
    void aNameIsPutTogetherAsEachLanguageDoes(String name, String snake, String pascal) {
        assertThat(Words.of(name).snake()).isEqualTo(snake);
        assertThat(Words.of(name).pascal()).isEqualTo(pascal);
    }
}
