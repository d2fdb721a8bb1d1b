package io.omnitls.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications whose POM has the coordinates of OmniTLS, on what Maven fetched by them: a handshake with each provider. */
@Timeout(120)
class InstalledArtifactsTest {
    @TempDir
    static Path directory;

    private static List<String> identity;

    @BeforeAll
    static void makeIdentity() throws Exception {
        identity = Applications.identity(directory, "-keyalg", "EC", "-groupname", "secp256r1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void theyWorkOnTheClassPath(String provider) throws Exception {
        Path target = Applications.target("class-path");
        String classPath = target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
        assertEquals(
                met(provider),
                run(provider, List.of("-cp", classPath, "app.Main"), "--enable-native-access=ALL-UNNAMED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void theyWorkOnTheModulePath(String provider) throws Exception {
        Path target = Applications.target("modular");
        String modulePath = target.resolve("classes") + File.pathSeparator + target.resolve("lib");
        assertEquals(
                met(provider),
                run(
                        provider,
                        List.of("--module-path", modulePath, "--module", "com.example.app/app.Main"),
                        "--enable-native-access=org.conscrypt,org.bouncycastle.fips.core"));
    }

    /** One jar of everything but Bouncy Castle's, which its manifest expects beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt", "bcfips"})
    void theyWorkInOneJar(String provider) throws Exception {
        String jar = Applications.target("class-path")
                .resolve("class-path-1-all.jar")
                .toString();
        assertEquals(met(provider), run(provider, List.of("-jar", jar), "--enable-native-access=ALL-UNNAMED"));
    }

    private static String met(String provider) {
        return provider + " met CN=localhost, who says 42\n";
    }

    private static String run(String provider, List<String> application, String consent) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(consent));
        arguments.addAll(application);
        arguments.add(provider);
        arguments.addAll(identity);
        return Tool.ofThisJdk("java").run(arguments);
    }
}
