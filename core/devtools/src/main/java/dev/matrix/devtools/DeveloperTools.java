package dev.matrix.devtools;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.wire.ApiVersion;

/**
 * The tools for the API's callers, as a module to mount: its OpenAPI document at {@code /v1/openapi.json}, SDKs at {@code
 * /v1/sdks/{language}}, a playground at {@code /playground}. All are made of the catalogue of the dispatcher that it is mounted in
 * (mount one instance in one dispatcher), when first asked for, and kept. Thread-safe. They tell what operations exist to
 * everybody; a host that doesn't want that doesn't mount them.
 */
public interface DeveloperTools extends ApiModule {

    /** New tools, for one dispatcher. */
    static DeveloperTools create() {
        return new CatalogTools();
    }

    /**
     * The OpenAPI 3.1.1 document of a version, UTF-8.
     *
     * @param webhooks whether it lists the event types that webhooks carry; some tools break on that section
     * @throws IllegalStateException before the tools are mounted
     * @throws dev.matrix.core.NotFoundException if there is no such version
     */
    byte[] openApi(ApiVersion version, boolean webhooks);

    /**
     * The client in that language, for the newest version.
     *
     * @throws IllegalStateException before the tools are mounted
     */
    Sdk sdk(SdkLanguage language);
}
