package dev.matrix.webhooks;

import dev.matrix.webhooks.spi.AttemptResult;

/** A request that has ended, with what is to be stored of it. */
record Landing(Launch launch, Verdict verdict, AttemptResult result) {}
