package dev.matrix.examples.platform;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Holds the shape of the whole: this module has all the others on its class path. */
@AnalyzeClasses(
        packages = "dev.matrix",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutGenerated.class})
class ArchitectureTest {

    private static final String CORE = "dev.matrix.core";

    /** Generated code follows its generator's ways. */
    static final class WithoutGenerated implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/generated/");
        }
    }

    /** Whoever adds a feature adds it here; nothing else in this test names one. */
    private static final List<String> FEATURES =
            List.of("webhooks", "money", "tax", "security", "sla", "analytics", "refunds");

    /** What connects the kernel to a library, a database, a server or a test. */
    private static final List<String> ADAPTERS = List.of("jooq", "okhttp", "http", "bucket4j", "devtools", "testkit");

    /** What wires all of it into a framework: knows everything, and nobody knows it. */
    private static final List<String> WIRING = List.of("spring");

    /** The packages of the kernel from the ground up; each may use those before it and the plain values of core. */
    private static final List<String> KERNEL = Stream.of(
                    "wire",
                    "net",
                    "spi",
                    "money",
                    "json",
                    "keys",
                    "event",
                    "event.payload",
                    "event.spi",
                    "idempotency",
                    "memory",
                    "api")
            .map(layer -> CORE + "." + layer)
            .toList();

    /** Static factories on an interface, which alone may name what implements it further up. */
    private static final Map<String, String> FACTORIES = Map.of(
            CORE + ".spi.KeyRing", CORE + ".keys",
            CORE + ".spi.KeyEncryptionKey", CORE + ".keys",
            CORE + ".spi.Stores", CORE + ".memory");

    @ArchTest
    static void everyPackageHasItsPlace(JavaClasses classes) {
        Set<String> parts = Stream.of(List.of("core", "examples"), FEATURES, ADAPTERS, WIRING)
                .flatMap(List::stream)
                .collect(Collectors.toSet());

        assertThat(classes)
                .as("a class of a feature or an adapter that this test doesn't list")
                .allMatch(type -> parts.contains(part(type)));
        assertThat(classes.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(CORE + ".")))
                .as("packages of the kernel, which this test lists from the ground up")
                .allMatch(KERNEL::contains);
    }

    @ArchTest
    static void everyModuleOfTheBuildIsChecked(JavaClasses classes) throws IOException {
        Path root = Path.of("../..").toAbsolutePath().normalize();

        assertThat(librariesOf(root.resolve("pom.xml")))
                .as("modules in <modules> of the root's pom.xml")
                .hasSizeGreaterThan(FEATURES.size())
                .allSatisfy(module -> assertThat(typesOf(root.resolve(module)))
                        .as("types of %s, which belongs into the dependencies of examples/platform", module)
                        .allMatch(classes::contain));
    }

    /** The build's modules without the examples: those are hosts, which nobody depends on. */
    private static List<String> librariesOf(Path pom) throws IOException {
        String modules = Files.readString(pom).split("</?modules>", 3)[1];
        return Pattern.compile("<module>([^<]+)</module>")
                .matcher(modules)
                .results()
                .map(found -> found.group(1))
                .filter(module -> !module.startsWith("examples/"))
                .toList();
    }

    private static List<String> typesOf(Path module) throws IOException {
        Path sources = module.resolve("src/main/java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> sources.relativize(file).toString())
                    .filter(name -> name.endsWith(".java") && !name.endsWith("-info.java"))
                    .map(name ->
                            name.substring(0, name.length() - ".java".length()).replace(File.separatorChar, '.'))
                    .toList();
        }
    }

    @ArchTest
    static void eachFeatureKnowsCoreAlone(JavaClasses classes) {
        FEATURES.forEach(
                feature -> knowsOnly(feature, Set.of("core", "jooq", feature)).check(classes));
    }

    /** They share an artifact, and cost advice is told what it needs by events as every other feature is. */
    @ArchTest
    static final ArchRule ANALYTICS_DOES_NOT_KNOW_COST = noClasses()
            .that()
            .resideInAPackage("dev.matrix.analytics..")
            .and()
            .resideOutsideOfPackages("dev.matrix.analytics.cost..", "dev.matrix.analytics.jooq.generated..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.matrix.analytics.cost..");

    @ArchTest
    static void coreAndItsAdaptersKnowNoFeature(JavaClasses classes) {
        knowsOnly("core", Set.of("core")).check(classes);
        ADAPTERS.forEach(adapter -> knowsOnly(adapter, Set.of("core", adapter)).check(classes));
    }

    static ArchRule knowsOnly(String part, Set<String> known) {
        return noClasses()
                .that()
                .resideInAPackage("dev.matrix." + part + "..")
                .should()
                .dependOnClassesThat(describe(
                        "are of another part than " + known,
                        type -> type.getPackageName().startsWith("dev.matrix.") && !known.contains(part(type))));
    }

    /** The package below {@code dev.matrix} that a class belongs to. */
    private static String part(JavaClass type) {
        return type.getPackageName().split("\\.", -1)[2];
    }

    @ArchTest
    static final ArchRule JOOQ_OF_ANOTHER_MINOR_VERSION_LINKS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.matrix.jooq.Subqueries")
            .should()
            .callMethodWhere(describe(
                    "calls jOOQ's exists or notExists",
                    call -> call.getTargetOwner().getName().equals("org.jooq.impl.DSL")
                            && Set.of("exists", "notExists").contains(call.getName())))
            .because("jOOQ 3.21, which Spring Boot 4.1 brings, has them no more with the same parameters");

    @ArchTest
    static final ArchRule SIGNING_NEEDS_NOTHING_BUT_EXCEPTIONS = noClasses()
            .that()
            .resideInAPackage("dev.matrix.webhooks.signing..")
            .should()
            .dependOnClassesThat(describe(
                    "are of Matrix and neither of signing nor exceptions",
                    type -> type.getPackageName().startsWith("dev.matrix.")
                            && !type.getPackageName().startsWith("dev.matrix.webhooks.signing")
                            && !type.isAssignableTo(Exception.class)))
            .because("a receiver verifies without a Matrix");

    @ArchTest
    static void noPackageOfTheKernelReachesUp(JavaClasses classes) {
        KERNEL.forEach(layer -> reachesNothingAbove(layer).check(classes));
    }

    static ArchRule reachesNothingAbove(String layer) {
        Set<String> above = Set.copyOf(KERNEL.subList(KERNEL.indexOf(layer) + 1, KERNEL.size()));
        return noClasses()
                .that()
                .resideInAPackage(layer)
                .should(reach("what is above", type -> above.contains(type.getPackageName())));
    }

    @ArchTest
    static void onlyTheApiKnowsTheWiredRuntime(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage(KERNEL.subList(0, KERNEL.size() - 1).toArray(String[]::new))
                .should(reach("what is wired", type -> type.getPackageName().equals(CORE) && !isPlain(type)))
                .check(classes);
    }

    @ArchTest
    static void plainValuesOfCoreReachNothing(JavaClasses classes) {
        noClasses()
                .that(describe("are plain values", type -> type.getPackageName().equals(CORE) && isPlain(type)))
                .should(reach(
                        "the rest of the kernel",
                        type -> type.getPackageName().startsWith(CORE)
                                && !(type.getPackageName().equals(CORE) && isPlain(type))))
                .check(classes);
    }

    /** Owners, pages, ids and exceptions, which everybody may use; the rest of {@code core} is the wired runtime. */
    private static boolean isPlain(JavaClass type) {
        String name = type.getBaseComponentType()
                .getName()
                .substring(CORE.length() + 1)
                .split("\\$", 2)[0];
        return name.endsWith("Exception")
                || Set.of("Owner", "Page", "PageRequest", "Ids", "StorableText").contains(name);
    }

    private static ArchCondition<JavaClass> reach(String what, Predicate<JavaClass> forbidden) {
        return new ArchCondition<>("reach " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(found -> forbidden.test(found.getTargetClass()))
                        .filter(found ->
                                !found.getTargetClass().getPackageName().equals(FACTORIES.get(type.getName())))
                        .forEach(found -> events.add(SimpleConditionEvent.satisfied(type, found.getDescription())));
            }
        };
    }

    @ArchTest
    static final ArchRule STORES_ARE_HIDDEN = noClasses()
            .that()
            .resideInAnyPackage("..jooq..", "..memory..")
            .and(describe(
                    "implement a store",
                    type -> type.getAllRawInterfaces().stream()
                            .anyMatch(store -> store.getPackageName().endsWith(".spi")
                                    && store.getSimpleName().endsWith("Store"))))
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_MODULES =
            slices().matching("dev.matrix.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule JOOQ_IS_A_LEAF = onlyIn("org.jooq..", "..jooq..");

    @ArchTest
    static final ArchRule STORAGE_IS_REACHED_FROM_PACKAGES_NAMED_JOOQ = noClasses()
            .that()
            .resideOutsideOfPackages("..jooq..", "dev.matrix.spring..", "dev.matrix.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.matrix.jooq..");

    @ArchTest
    static final ArchRule OKHTTP_IS_A_LEAF = onlyIn("okhttp3..", "dev.matrix.okhttp..");

    @ArchTest
    static final ArchRule BUCKET4J_IS_A_LEAF = onlyIn("io.github.bucket4j..", "dev.matrix.bucket4j..");

    @ArchTest
    static final ArchRule SERVLETS_ARE_A_LEAF =
            onlyIn("jakarta.servlet..", "dev.matrix.http..", "dev.matrix.sla.servlet..", "dev.matrix.spring..");

    @ArchTest
    static final ArchRule THE_POOL_IS_A_LEAF = onlyIn("com.zaxxer..", "dev.matrix.jooq..", "dev.matrix.examples..");

    @ArchTest
    static final ArchRule THE_RULE_ENGINE_IS_A_LEAF = onlyIn("software.amazon.event..", "dev.matrix.webhooks.ruler..");

    @ArchTest
    static final ArchRule TEST_LIBRARIES_ARE_OF_THE_TESTKIT = onlyIn("org.junit..", "dev.matrix.testkit..");

    @ArchTest
    static final ArchRule JACKSON_IS_BEHIND_THE_CODEC = onlyIn("com.fasterxml.jackson..", "dev.matrix.core.json..");

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    @ArchTest
    static final ArchRule NO_PUBLIC_SIGNATURE_SHOWS_JACKSON = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(describe("are visible to hosts", ArchitectureTest::isVisible))
            .should(new ArchCondition<JavaMethod>("show no type of Jackson") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    method.getAllInvolvedRawTypes().stream()
                            .filter(type -> type.getPackageName().startsWith("com.fasterxml"))
                            .forEach(type -> events.add(
                                    SimpleConditionEvent.violated(method, method.getFullName() + " shows " + type)));
                }
            });

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .that()
            .resideInAPackage("dev.matrix..")
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Service")
            .orShould()
            .haveSimpleNameEndingWith("Base")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    private static final Set<Class<?>> CLOCKS =
            Set.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class);

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_HANDED_IN = noClasses()
            .that()
            .resideInAPackage("dev.matrix..")
            .and()
            .resideOutsideOfPackage("dev.matrix.examples..")
            .should()
            .callMethodWhere(describe("reads a clock, draws or sleeps", ArchitectureTest::isAmbient))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class, Clock.class);

    private static boolean isAmbient(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String method = call.getName();
        boolean now = method.equals("now") && CLOCKS.stream().anyMatch(owner::isEquivalentTo);
        boolean system = owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis");
        boolean drawn = owner.isEquivalentTo(Math.class) && method.equals("random");
        boolean slept = owner.isEquivalentTo(Thread.class) && method.equals("sleep");
        return now || system || drawn || slept;
    }

    @ArchTest
    static final ArchRule THE_SYSTEM_CLOCK_IS_A_DEFAULT_OF_BUILDERS_ALONE = noClasses()
            .that()
            .doNotHaveSimpleName("MatrixBuilder")
            .and()
            .doNotHaveSimpleName("WebhookVerifier")
            .and()
            .resideOutsideOfPackage("dev.matrix.examples..")
            .should()
            .callMethod(InstantSource.class, "system");

    @ArchTest
    static final ArchRule NOTHING_STATIC_CHANGES =
            fields().that().areStatic().should().beFinal().because("two of anything can live in one JVM");

    @ArchTest
    static final ArchRule NULLNESS_IS_SAID_EVERYWHERE = classes()
            .that()
            .resideInAPackage("dev.matrix..")
            .should(new ArchCondition<JavaClass>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " has no @NullMarked"));
                    }
                }
            });
}
