package dev.matrix.analytics.chart;

import java.util.List;

/** Light on dark or dark on light. Lines have colours near Okabe and Ito's, told apart by those who see colours otherwise too. */
public enum Theme {
    /** Follows the reader's system. */
    AUTO,
    LIGHT,
    DARK;

    /** The colours of one theme; marks have a contrast of 3:1 or more to the background, texts 4.5:1. */
    record Palette(String background, String text, String grid, List<String> lines) {}

    static final Palette ON_WHITE = new Palette(
            "#ffffff",
            "#1b1f24",
            "#d0d7de",
            List.of("#0072b2", "#c24e00", "#00805c", "#a8487f", "#8a6100", "#2a7fab", "#000000", "#6f6a00"));

    static final Palette ON_BLACK = new Palette(
            "#12161c",
            "#e6edf3",
            "#30363d",
            List.of("#56b4e9", "#e69f00", "#00b386", "#cc79a7", "#f0e442", "#4d9bd6", "#ffffff", "#f08a4b"));
}
