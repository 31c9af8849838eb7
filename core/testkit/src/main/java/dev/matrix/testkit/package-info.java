/** What tests of hosts and features stand on: time and network by hand, and the contracts of core's stores. */
@NullMarked
package dev.matrix.testkit;

import org.jspecify.annotations.NullMarked;
