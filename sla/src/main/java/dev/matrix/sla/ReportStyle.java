package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How HTML reports look. Immutable.
 *
 * @param name who promises the service; "Service" by default
 * @param accent a colour for lines, as {@code #rrggbb}; text never has it, so any is legible
 * @param logo a PNG as a data address; null: none
 * @param locale of the texts, as far as they are translated; English by default
 */
public record ReportStyle(
        String name, String accent, @Nullable String logo, Locale locale) {

    private static final String DATA = "data:image/png;base64,";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final int LARGEST_LOGO = 256 << 10;

    public ReportStyle {
        Requirements.name(name, "style.name");
        Requirements.that(accent.matches("#[0-9a-fA-F]{6}"), "style.accent", "is #rrggbb");
        Requirements.that(
                logo == null || logo.matches(DATA + "[A-Za-z0-9+/=]+"), "style.logo", "is a PNG as a data address");
        requireNonNull(locale, "locale");
    }

    /** The defaults named above, blue lines, no logo. */
    public static ReportStyle standard() {
        return new ReportStyle("Service", "#2f6fde", null, Locale.ENGLISH);
    }

    /** This style with another name. */
    public ReportStyle named(String other) {
        return new ReportStyle(other, accent, logo, locale);
    }

    /** This style with another colour. */
    public ReportStyle accented(String colour) {
        return new ReportStyle(name, colour, logo, locale);
    }

    /** This style with a PNG of at most 256 KiB. */
    public ReportStyle withLogo(byte[] png) {
        boolean isPng = png.length > PNG.length && png.length <= LARGEST_LOGO;
        for (int i = 0; isPng && i < PNG.length; i++) {
            isPng = png[i] == PNG[i];
        }
        Requirements.that(isPng, "style.logo", "is a PNG of at most 256 KiB");
        return new ReportStyle(name, accent, DATA + Base64.getEncoder().encodeToString(png), locale);
    }
}
