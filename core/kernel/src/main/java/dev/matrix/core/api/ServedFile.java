package dev.matrix.core.api;

import dev.matrix.core.api.ApiHeaders.Line;
import java.util.ArrayList;
import java.util.List;

/** A static file with its headers made up. */
record ServedFile(ApiResource resource, String etag, ApiHeaders headers) {

    static ServedFile of(ApiResource resource) {
        String etag = '"' + Hashes.sha256(resource.content()).substring(0, 32) + '"';
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("Content-Type", resource.mediaType()));
        lines.add(new Line("ETag", etag));
        lines.add(new Line("Cache-Control", "no-cache"));
        lines.add(new Line("X-Content-Type-Options", "nosniff"));
        lines.addAll(resource.headers().lines());
        return new ServedFile(resource, etag, ApiHeaders.of(lines));
    }
}
