package dev.matrix.sla;

import java.util.Arrays;

/**
 * A report to hand out.
 *
 * @param mediaType such as {@code text/csv; charset=utf-8}
 * @param fileName what to save it as, of plain letters
 * @param content not copied, so don't change it
 */
public record ReportDocument(String mediaType, String fileName, byte[] content) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ReportDocument that
                && mediaType.equals(that.mediaType)
                && fileName.equals(that.fileName)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return fileName + ", " + content.length + " bytes of " + mediaType;
    }
}
