package io.omnitls.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies between packages point the way that CONTRIBUTING.md draws them. */
class PackageArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.omnitls");

    @Test
    void everyPackageUsesOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("front door")
                .definedBy("io.omnitls")
                .layer("settings")
                .definedBy("io.omnitls.internal.settings")
                .layer("discovery")
                .definedBy("io.omnitls.internal.discovery")
                .layer("javax")
                .definedBy("io.omnitls.internal.javax")
                .layer("transport")
                .definedBy("io.omnitls.internal.transport")
                .layer("keylog")
                .definedBy("io.omnitls.internal.keylog")
                .layer("files")
                .definedBy("io.omnitls.internal.files")
                .layer("engine")
                .definedBy("io.omnitls.internal.engine")
                .layer("verify")
                .definedBy("io.omnitls.internal.verify")
                .layer("webpki")
                .definedBy("io.omnitls.internal.verify.webpki")
                .layer("cert")
                .definedBy("io.omnitls.cert")
                .layer("wire")
                .definedBy("io.omnitls.internal.wire")
                .layer("x509")
                .definedBy("io.omnitls.internal.x509")
                .layer("cipher")
                .definedBy("io.omnitls.internal.cipher")
                .layer("spi")
                .definedBy("io.omnitls.spi")
                .layer("error")
                .definedBy("io.omnitls.error")
                .layer("protocol")
                .definedBy("io.omnitls.protocol")
                .whereLayer("front door")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("settings")
                .mayOnlyBeAccessedByLayers("front door")
                .whereLayer("discovery")
                .mayOnlyBeAccessedByLayers("front door", "settings")
                .whereLayer("discovery")
                .mayOnlyAccessLayers("spi", "error", "protocol")
                .whereLayer("javax")
                .mayOnlyBeAccessedByLayers("front door")
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("front door")
                .whereLayer("transport")
                .mayOnlyAccessLayers("engine", "error", "protocol")
                .whereLayer("keylog")
                .mayOnlyBeAccessedByLayers("front door")
                .whereLayer("keylog")
                .mayNotAccessAnyLayer()
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("front door", "cert")
                .whereLayer("files")
                .mayNotAccessAnyLayer()
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("front door", "javax", "transport")
                .whereLayer("verify")
                .mayOnlyBeAccessedByLayers("front door", "settings", "javax", "engine")
                .whereLayer("webpki")
                .mayOnlyBeAccessedByLayers("verify")
                .whereLayer("cert")
                .mayOnlyBeAccessedByLayers("front door", "settings", "javax", "engine", "verify", "webpki")
                .whereLayer("x509")
                .mayOnlyAccessLayers("spi", "error", "protocol")
                .whereLayer("cipher")
                .mayOnlyAccessLayers("x509", "error", "protocol")
                .whereLayer("wire") // whose rules know suites, and which points are on a curve
                .mayOnlyAccessLayers("cipher", "x509", "error", "protocol")
                .whereLayer("spi")
                .mayOnlyAccessLayers("error", "protocol")
                .whereLayer("error")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("protocol")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching("io.omnitls.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingButJavaBaseIsUsed() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.sql..", "java.naming..", "sun..", "com.sun..", "jdk..")
                .check(CLASSES);
    }

    /** What users may touch names nothing that they may not. */
    @Test
    void noSignatureNamesAnInternalType() {
        codeUnits()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("io.omnitls.internal..")
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and(modifier(JavaModifier.PUBLIC).or(modifier(JavaModifier.PROTECTED)))
                .should(nameNothingInternal())
                .check(CLASSES);
    }

    private static DescribedPredicate<HasModifiers> modifier(JavaModifier wanted) {
        return DescribedPredicate.describe(
                "are " + wanted, member -> member.getModifiers().contains(wanted));
    }

    private static ArchCondition<JavaCodeUnit> nameNothingInternal() {
        return new ArchCondition<>("name nothing internal") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.of(unit.getRawParameterTypes(), List.of(unit.getRawReturnType()), unit.getExceptionTypes())
                        .flatMap(List::stream)
                        .filter(type -> type.getPackageName().startsWith("io.omnitls.internal"))
                        .forEach(type -> events.add(
                                SimpleConditionEvent.violated(unit, unit.getFullName() + " names " + type.getName())));
            }
        };
    }

    /**
     * An Optional is returned and never taken: who has nothing calls the method that asks for nothing. A record's canonical
     * constructor takes what its accessors return, as the language has it.
     */
    @Test
    void noOptionalIsAParameter() {
        codeUnits()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("io.omnitls.internal..", "io.omnitls.forge..")
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and(modifier(JavaModifier.PUBLIC).or(modifier(JavaModifier.PROTECTED)))
                .and(DescribedPredicate.not(DescribedPredicate.describe(
                        "construct a record",
                        unit -> unit.isConstructor() && unit.getOwner().isRecord())))
                .should(takeNoOptional())
                .check(CLASSES);
    }

    private static ArchCondition<JavaCodeUnit> takeNoOptional() {
        Set<String> optionals = Set.of("Optional", "OptionalInt", "OptionalLong", "OptionalDouble");
        return new ArchCondition<>("take no Optional") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getRawParameterTypes().stream()
                        .filter(type -> optionals.contains(type.getSimpleName()))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(unit, unit.getFullName())));
            }
        };
    }

    /** One more component breaks whoever calls the constructor; what has many facts is grouped, or a class with a builder. */
    @Test
    void noRecordHasMoreThanEightComponents() {
        assertEquals(
                List.of(),
                CLASSES.stream()
                        .filter(JavaClass::isRecord)
                        .filter(type -> type.getFields().stream()
                                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                        .count()
                                > 8)
                        .map(JavaClass::getSimpleName)
                        .sorted()
                        .collect(Collectors.toList()));
    }

    /**
     * Plumbing has rooms of its own; what stays hidden in the front door ties its public classes together. LayeredSocket is above
     * TlsSocket, whose methods could not be called by reflection if it were in a package that is not exported.
     */
    @Test
    void theFrontDoorHidesLittle() {
        assertEquals(
                Set.of(
                        "Callbacks",
                        "ClientSessions",
                        "ConnectionSettings",
                        "ConnectionTrace",
                        "ContextConnection",
                        "ContextParameters",
                        "ContextViews",
                        "KeyLogFile",
                        "Layer",
                        "LayeredSocket",
                        "Lineage",
                        "OwnConnection",
                        "PendingParameters",
                        "PendingSettings",
                        "Reloader",
                        "ConnectionView"),
                CLASSES.stream()
                        .filter(type -> type.getPackageName().equals("io.omnitls"))
                        .filter(type -> type.isTopLevelClass()
                                && !type.getModifiers().contains(JavaModifier.PUBLIC)
                                && !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toSet()));
    }
}
