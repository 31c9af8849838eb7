package dev.matrix.analytics.chart;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;

/**
 * How a chart is drawn.
 *
 * @param width in pixels, 100 to 4,000; 720 by default
 * @param height in pixels, 100 to 4,000; 400 by default
 * @param theme AUTO by default
 */
public record SvgOptions(int width, int height, Theme theme) {

    private static final int LEAST = 100;
    private static final int MOST = 4_000;

    public SvgOptions {
        requireNonNull(theme, "theme");
        if (width < LEAST || width > MOST || height < LEAST || height > MOST) {
            throw new InvalidRequestException("A picture is " + LEAST + " to " + MOST + " pixels wide and high; "
                    + width + " × " + height + " isn't.");
        }
    }

    /** 720 × 400, AUTO. */
    public static SvgOptions defaults() {
        return new SvgOptions(720, 400, Theme.AUTO);
    }
}
