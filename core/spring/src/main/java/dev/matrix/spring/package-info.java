/**
 * Matrix in a Spring Boot application, 3.5 or 4: {@link dev.matrix.spring.MatrixAutoConfiguration} wires it over the application's
 * data source and transactions, {@link dev.matrix.spring.MatrixFeaturesAutoConfiguration} makes a bean of each feature on the class
 * path, {@link dev.matrix.spring.MatrixApiAutoConfiguration} mounts the HTTP API once there is an {@code ApiAuthenticator}, and
 * {@link dev.matrix.spring.MatrixHealthAutoConfiguration} tells the actuator. Each bean steps back where the host has its own.
 */
@NullMarked
package dev.matrix.spring;

import org.jspecify.annotations.NullMarked;
