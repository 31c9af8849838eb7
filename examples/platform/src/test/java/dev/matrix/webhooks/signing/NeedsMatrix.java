package dev.matrix.webhooks.signing;

import dev.matrix.core.Matrix;

/** Planted: a signature that needs the wired runtime. */
public interface NeedsMatrix {

    Matrix matrix();
}
