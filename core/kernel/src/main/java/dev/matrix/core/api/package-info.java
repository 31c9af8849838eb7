/**
 * The HTTP API without its transport: typed operations, the dispatcher that runs them, and the catalogue that documents them.
 *
 * <p>A module's description goes through {@code ApiCompiler} once, when the dispatcher is built; each request then goes through
 * {@code StagedDispatcher → Exchange → OperationRun → handler → Replies} and back. The rooms:
 *
 * <ul>
 *   <li>what modules write: {@code ApiModule}, {@code Operation}, {@code Reply}, {@code ApiArea}, {@code ApiContext}, {@code ApiProblem};
 *   <li>what hosts give: {@code ApiDispatcherBuilder}, {@code ApiAuthenticator}, {@code ApiGuard}, {@code RateLimiter}, {@code Cors};
 *   <li>the compiler, which finds every fault before the first request: {@code ApiCompiler}, {@code Assembly}, {@code Faults},
 *       {@code OperationFaults}, {@code ExampleCheck}, {@code CompiledOperation}, {@code ApiCatalog};
 *   <li>one request: {@code Exchange} decides who may run what ({@code InHand}, {@code Router}, {@code Rates}, {@code Access}) and makes an
 *       {@code Admitted} request of it; {@code OperationRun} reads the input, runs the handler once per idempotency key and makes the
 *       {@code Answer}, with {@code Call} and {@code Replies}; {@code Problems} are all other answers;
 *   <li>schemas, made from records and used to check and to document: {@code Schema}, {@code TypeSchemas}, {@code SchemaCheck};
 *   <li>older versions of the wire: {@code VersionLadder}, {@code SchemaShelf}, {@code SchemaEdits}, {@code JsonEdits}, {@code PointerEdits};
 *   <li>the kernel's own operations: {@code CoreApi}, {@code EventOperations}, {@code AccountOperations}.
 * </ul>
 */
@NullMarked
package dev.matrix.core.api;

import org.jspecify.annotations.NullMarked;
