/** Content filters over event-ruler. */
@NullMarked
package dev.matrix.webhooks.ruler;

import org.jspecify.annotations.NullMarked;
