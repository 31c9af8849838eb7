package dev.matrix.examples.quickstart;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
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
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Holds the shape of the whole: this module is the one that sees all the others. */
@AnalyzeClasses(
        packages = "dev.matrix",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutGenerated.class})
class ArchitectureTest {

    /** Generated code follows its generator's ways. */
    static final class WithoutGenerated implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/generated/");
        }
    }

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage("dev.matrix.core..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.matrix..")
                    .and(describe("outside core", type -> !type.getPackageName().startsWith("dev.matrix.core"))));

    @ArchTest
    static final ArchRule A_FEATURE_KNOWS_CORE_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.matrix.webhooks..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.matrix..")
                    .and(describe(
                            "neither core nor webhooks",
                            type -> Stream.of("dev.matrix.core", "dev.matrix.jooq", "dev.matrix.webhooks")
                                    .noneMatch(type.getPackageName()::startsWith))));

    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_MODULES =
            slices().matching("dev.matrix.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule JOOQ_IS_A_LEAF = onlyIn("org.jooq..", "..jooq..");

    @ArchTest
    static final ArchRule STORAGE_IS_REACHED_FROM_PACKAGES_NAMED_JOOQ = noClasses()
            .that()
            .resideOutsideOfPackages("..jooq..", "dev.matrix.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.matrix.jooq..");

    @ArchTest
    static final ArchRule OKHTTP_IS_A_LEAF = onlyIn("okhttp3..", "dev.matrix.okhttp..");

    @ArchTest
    static final ArchRule JACKSON_IS_BEHIND_THE_CODEC = onlyIn("com.fasterxml.jackson..", "dev.matrix.core.json..");

    private static ArchRule onlyIn(String library, String home) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
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
