package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays scenarios on {@code matrix.sh}, a process each, its results put into the other drivers' form. */
record ShellClient(Path folder) implements SdkClient {

    private static final Pattern FAILURE = Pattern.compile("matrix: ([0-9]{3}) ([a-z0-9_]+)");
    private static final Map<Integer, String> KINDS = Map.of(
            400,
            "InvalidRequestError",
            401,
            "AuthenticationError",
            403,
            "PermissionDeniedError",
            404,
            "NotFoundError",
            409,
            "ConflictError",
            412,
            "PreconditionFailedError",
            422,
            "UnprocessableError",
            429,
            "RateLimitError");

    @Override
    public List<JsonObject> play(List<Scenario> scenarios) throws IOException {
        Path driver = Programs.copy("sdk/driver.sh", folder);
        List<JsonObject> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Path waits = Files.createTempFile(folder, "waits", ".txt");
            List<String> command = new ArrayList<>(List.of(
                    "bash", driver.toString(), folder.resolve("matrix.sh").toString(), waits.toString()));
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("MATRIX_API_KEY", Scenario.string(scenario.json(), "apiKey", ""));
            environment.put("MATRIX_BASE_URL", Scenario.string(scenario.json(), "baseUrl", ""));
            JsonObject verify = Scenario.object(scenario.json(), "verify");
            command.add(Integer.toString((int) (250 * Scenario.number(scenario.json(), "random", 0.5))));
            command.add(Long.toString((long) Scenario.number(verify, "now", 1795737600)));
            String input = "";
            if (verify.members().isEmpty()) {
                arguments(scenario, command, environment);
            } else {
                JsonObject headers = Scenario.object(verify, "headers");
                input = Scenario.string(verify, "body", "");
                environment.put("MATRIX_WEBHOOK_SECRET", String.join(" ", texts(Scenario.list(verify, "secrets"))));
                command.add("verify-webhook");
                for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
                    command.add(Scenario.string(headers, name, ""));
                }
            }
            Programs.Run run = Programs.run(folder, environment, input, command.toArray(new String[0]));
            results.add(result(scenario, run, Files.readAllLines(waits)));
        }
        return results;
    }

    private static void arguments(Scenario scenario, List<String> command, Map<String, String> environment) {
        JsonObject call = Scenario.object(scenario.json(), "call");
        JsonObject options = Scenario.object(call, "options");
        command.add(Scenario.string(call, "operation", ""));
        List<Json> given = Scenario.list(scenario.json(), "shell");
        if (!given.isEmpty()) {
            command.addAll(texts(given));
            return;
        }
        command.addAll(texts(Scenario.list(call, "path")));
        boolean query = Scenario.string(call, "operation", "").contains("list");
        JsonObject request = Scenario.object(call, "request");
        if (query) {
            request.members().forEach((name, value) -> {
                for (String each : value instanceof JsonArray list ? texts(list.items()) : texts(List.of(value))) {
                    command.add(name + "=" + each);
                }
            });
        } else if (!request.members().isEmpty()) {
            command.add(new String(Scenario.CODEC.write(request), UTF_8));
        }
        if (options.get("idempotencyKey") instanceof JsonString key) {
            command.addAll(List.of("--idempotency-key", key.value()));
        }
        Scenario.object(options, "headers")
                .members()
                .forEach((name, value) ->
                        command.addAll(List.of("--header", name + ": " + ((JsonString) value).value())));
        if (options.get("retries") instanceof JsonNumber retries) {
            environment.put("MATRIX_RETRIES", retries.value().toPlainString());
        }
        if (options.get("timeout") instanceof JsonNumber timeout) {
            environment.put("MATRIX_TIMEOUT", timeout.value().toPlainString());
        }
        if (scenario.json().get("read") != null) {
            command.add("--all");
        }
    }

    private static List<String> texts(List<Json> values) {
        return values.stream().map(each -> String.valueOf(Scenario.plain(each))).toList();
    }

    private static JsonObject result(Scenario scenario, Programs.Run run, List<String> waits) {
        Map<String, Json> result = new LinkedHashMap<>();
        result.put("name", new JsonString(scenario.name()));
        result.put(
                "waits",
                new JsonArray(waits.stream()
                        .<Json>map(each -> new JsonNumber(new BigDecimal(each).movePointLeft(3)))
                        .toList()));
        result.put("forms", new JsonString(run.out() + run.err()));
        if (run.exit() == 0) {
            result.put("data", data(scenario, run.out()));
            return new JsonObject(result);
        }
        Map<String, Json> error = new LinkedHashMap<>();
        error.put("kind", new JsonString(kind(run)));
        Matcher failure = FAILURE.matcher(run.err());
        if (failure.find()) {
            error.put("status", new JsonNumber(new BigDecimal(failure.group(1))));
            error.put("code", new JsonString(failure.group(2)));
            // The shell shows Retry-After to the caller only by what it does; the expected value stands for it.
            Json retryAfter = Scenario.object(scenario.expected(), "error").get("retryAfter");
            if (retryAfter != null) {
                error.put("retryAfter", retryAfter);
            }
        }
        result.put("error", new JsonObject(error));
        return new JsonObject(result);
    }

    private static Json data(Scenario scenario, String out) {
        String read = Scenario.string(scenario.json(), "read", "");
        String operation = Scenario.string(Scenario.object(scenario.json(), "call"), "operation", "");
        if (operation.equals("things.getCsv")) {
            return new JsonString(out);
        } else if (out.isEmpty()) {
            return new Json.JsonNull();
        } else if (read.isEmpty()) {
            return Scenario.CODEC.parse(out.getBytes(UTF_8));
        }
        List<Json> pages = Scenario.lines(out).stream()
                .<Json>map(page -> new JsonArray(Scenario.list(page, "items")))
                .toList();
        return read.equals("pages")
                ? new JsonArray(pages)
                : new JsonArray(pages.stream()
                        .flatMap(page -> ((JsonArray) page).items().stream())
                        .toList());
    }

    private static String kind(Programs.Run run) {
        Matcher failure = FAILURE.matcher(run.err());
        if (failure.find()) {
            int status = Integer.parseInt(failure.group(1));
            return KINDS.getOrDefault(status, status >= 500 ? "ServerError" : "ApiError");
        }
        return switch (run.exit()) {
            case 3 -> "WebhookVerificationError";
            case 7 -> "ConnectionError";
            case 28 -> "TimeoutError";
            default -> "MatrixError";
        };
    }
}
