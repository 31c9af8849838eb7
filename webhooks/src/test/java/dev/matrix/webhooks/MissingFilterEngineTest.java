package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.webhooks.ruler.RulerFilterEngine;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Webhooks without a library for filters. */
@Tag("W3")
class MissingFilterEngineTest {

    private static final String FILTER = "{\"data\":{\"gpuCount\":[1]}}";

    @Test
    void aFilterIsRefusedNamingTheArtifact() {
        EndpointRules rules = new EndpointRules(
                new TargetRules(true, AddressPolicy.publicOnly()),
                Node.alone().matrix.events().types(),
                new MissingFilterEngine(),
                "Matrix-Signature",
                1,
                Duration.ofDays(90));

        assertThatThrownBy(() -> rules.checked(Node.endpoint().filter(FILTER)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("software.amazon.event.ruler:event-ruler");
        assertThat(rules.checked(Node.endpoint()).filter()).isNull();
    }

    @Test
    @Tag("W4")
    void aFilterThatWasStoredWhenThereWasOneMatchesEverything() {
        InstalledFilters filters = new InstalledFilters(Node.ALICE, new MissingFilterEngine());

        assertThat(filters.matching(Set.of(FILTER), new byte[0])).containsExactly(FILTER);
        filters.compile(Set.of(FILTER));
        assertThat(filters.matching(Set.of(FILTER), new byte[0])).containsExactly(FILTER);
    }

    @Test
    void theEngineIsFoundWithTheLibraryAndPassedOverWithoutIt() throws Exception {
        assertThat(MissingFilterEngine.orFound()).isInstanceOf(RulerFilterEngine.class);

        List<URL> without = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("event-ruler")) {
                without.add(Path.of(entry).toUri().toURL());
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Method found = loader.loadClass(MissingFilterEngine.class.getName()).getDeclaredMethod("orFound");
            found.setAccessible(true);
            assertThat(found.invoke(null).getClass().getName()).isEqualTo(MissingFilterEngine.class.getName());
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
