package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.wire.ApiVersion;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Header;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operations that hand the tools out. */
record ToolOperations(CatalogTools tools) {

    private static final String WHY = "It documents the API and holds nothing of anybody's.";

    record DocumentRequest(
            @Describe("A dated version; default: the newest.") @Nullable
            LocalDate version,

            @Default("true") @Describe("Whether the event types of webhooks are listed.")
            boolean webhooks,

            @Header("Accept-Encoding") @Nullable String acceptEncoding) {}

    /** How a JavaScript file is loaded. */
    enum ModuleKind {
        ESM,
        COMMONJS
    }

    record SdkRequest(
            @Describe("typescript, javascript, python or curl.")
            String language,

            @Default("esm") @Describe("For JavaScript: an ES module, or one for require.")
            ModuleKind module,

            @Header("Accept-Encoding") @Nullable String acceptEncoding) {}

    List<Operation<?, ?>> all() {
        return List.of(
                Operation.get("/v1/openapi.json", DocumentRequest.class, Reply.media("application/json"))
                        .id("getOpenApi")
                        .tag("devtools")
                        .summary("Reads the OpenAPI 3.1 document of a version.")
                        .anonymous(WHY)
                        .etag(ToolOperations::etag)
                        .example(
                                "the newest version",
                                new DocumentRequest(null, true, null),
                                ApiContent.of("application/json", "{}".getBytes(UTF_8)))
                        .handle(this::document),
                Operation.get("/v1/sdks/{language}", SdkRequest.class, Reply.media("text/plain", "text/javascript"))
                        .id("getSdk")
                        .tag("devtools")
                        .summary("Reads the client in a language, one source file.")
                        .anonymous(WHY)
                        .etag(ToolOperations::etag)
                        .example(
                                "Python",
                                new SdkRequest("python", ModuleKind.ESM, null),
                                ApiContent.of("text/plain", "# matrix.py".getBytes(UTF_8)))
                        .handle(this::source));
    }

    private ApiContent document(DocumentRequest request, ApiContext context) {
        ApiVersion version = request.version() == null ? tools.catalog().newest() : new ApiVersion(request.version());
        if (!tools.catalog().versions().contains(version)) {
            throw ApiProblem.of(400, "unsupported_version", "There is no version " + version + ".")
                    .with(
                            "supportedVersions",
                            tools.catalog().versions().stream()
                                    .map(ApiVersion::toString)
                                    .toList());
        }
        Served served = tools.document(version, request.webhooks());
        return content("application/json", served, request.acceptEncoding(), context);
    }

    private ApiContent source(SdkRequest request, ApiContext context) {
        SdkLanguage language = language(request.language());
        boolean commonJs = language == SdkLanguage.JAVASCRIPT && request.module() == ModuleKind.COMMONJS;
        String fileName = commonJs ? "matrix.cjs" : language.fileName();
        context.header("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        return content(language.mediaType(), tools.source(language, commonJs), request.acceptEncoding(), context);
    }

    private static SdkLanguage language(String name) {
        for (SdkLanguage each : SdkLanguage.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new NotFoundException("There is no SDK of that name; there are typescript, javascript, python and curl.");
    }

    private static ApiContent content(String mediaType, Served served, @Nullable String accepted, ApiContext context) {
        if (accepted == null || !acceptsGzip(accepted)) {
            return ApiContent.of(mediaType, served.plain());
        }
        context.header("Content-Encoding", "gzip");
        return ApiContent.of(mediaType, served.gzip());
    }

    /** By Accept-Encoding (RFC 9110, 12.5.3). */
    private static boolean acceptsGzip(String accepted) {
        return Arrays.stream(accepted.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1))
                .anyMatch(coding ->
                        coding.equals("gzip") || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    /** Strong, so the compressed form has another one (RFC 9110, 8.8.3). */
    private static String etag(ApiContent content) {
        return content.body() instanceof ApiBody.Bytes bytes
                ? Served.sha256(bytes.content()).substring(0, 32)
                : "";
    }
}
