package dev.matrix.devtools;

/**
 * A generated client: one source file without dependencies.
 *
 * @param fileName such as {@code matrix.py}
 * @param source the file's text
 * @param sha256 of its UTF-8 bytes, in lower-case hexadecimal
 */
public record Sdk(String fileName, String source, String sha256) {}
