package io.omnitls.architecture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
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
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("front door")
                .whereLayer("verify")
                .mayOnlyBeAccessedByLayers("front door", "engine")
                .whereLayer("webpki")
                .mayOnlyBeAccessedByLayers("verify")
                .whereLayer("cert")
                .mayOnlyBeAccessedByLayers("front door", "engine", "verify", "webpki")
                .whereLayer("x509")
                .mayOnlyAccessLayers("spi", "error", "protocol")
                .whereLayer("cipher")
                .mayOnlyAccessLayers("x509", "protocol")
                .whereLayer("wire")
                .mayOnlyAccessLayers("error", "protocol")
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
}
