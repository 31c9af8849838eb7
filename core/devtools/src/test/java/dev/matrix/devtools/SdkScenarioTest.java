package dev.matrix.devtools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** All scenarios on the clients that this machine can run; the shell's are many processes and have the profile {@code sdk}. */
@Tag("D7")
@Tag("D4")
@Tag("D5")
@Tag("D6")
@Tag("C21")
@Tag("C22")
class SdkScenarioTest {

    @TempDir
    Path folder;

    @BeforeEach
    void generate() throws IOException {
        SdkFiles.write(Fixtures.things(), folder);
    }

    @TestFactory
    Stream<DynamicTest> modules() throws Exception {
        assumeTrue(Programs.isThere("node", "--version"));
        return SdkScenarios.on("mjs", SdkClient.node(folder, "matrix.mjs"));
    }

    @TestFactory
    @Tag("sdk")
    Stream<DynamicTest> commonJs() throws Exception {
        return SdkScenarios.on("cjs", SdkClient.node(folder, "matrix.cjs"));
    }

    @TestFactory
    Stream<DynamicTest> python() throws Exception {
        assumeTrue(Programs.isThere("python3", "--version"));
        return SdkScenarios.on("py", SdkClient.python(folder));
    }

    @TestFactory
    @Tag("sdk")
    Stream<DynamicTest> shell() throws Exception {
        return SdkScenarios.on("sh", SdkClient.shell(folder));
    }

    @TestFactory
    @Tag("sdk-types")
    Stream<DynamicTest> typeScript() throws Exception {
        return SdkScenarios.on("ts", SdkClient.typeScript(folder));
    }
}
