package io.omnitls.testkit;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision;
import io.omnitls.cert.Credentials;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestIdentity;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A place where code of an application runs in the middle of a handshake.
 *
 * @param place what it is, for messages
 * @param culprit that code, which is armed once the contexts are built
 * @param at the end that calls it
 * @param client the context of the client, and with {@code server} of a handshake that is good but for the code
 */
record CulpritScene(
        String place, Culprit culprit, Role at, ClientContext.Builder client, ServerContext.Builder server) {

    /** All places that a provider has in handshakes of {@code version}. */
    static List<CulpritScene> all(ProviderFixture fixture, TlsVersion version, Supplier<Throwable> throwable) {
        Stage stage = new Stage(fixture, version, throwable);
        List<CulpritScene> scenes = new ArrayList<>(List.of(
                stage.clientsClock(),
                stage.serversClock(),
                stage.clientsKey(),
                stage.serversKey(),
                stage.serverNameCallback()));
        if (fixture.expected().has(Feature.KEY_LOG_TLS12) && fixture.expected().has(Feature.KEY_LOG_TLS13)) {
            scenes.add(stage.clientsKeyLog());
            scenes.add(stage.serversKeyLog());
        }
        return scenes;
    }

    @Override
    public String toString() {
        return place + " at the " + at;
    }

    private record Stage(ProviderFixture fixture, TlsVersion version, Supplier<Throwable> throwable) {
        private CulpritScene clientsClock() {
            Culprit clock = new Culprit(throwable);
            return new CulpritScene(
                    "a clock", clock, Role.CLIENT, client().clock(CallingClock.of(clock)), fixture.serverBuilder());
        }

        private CulpritScene serversClock() {
            Culprit clock = new Culprit(throwable);
            Credentials credentials = fixture.authority().client(KeyKind.EC).credentials();
            return new CulpritScene(
                    "a clock",
                    clock,
                    Role.SERVER,
                    client().certificateChain(credentials),
                    askingServer().clock(CallingClock.of(clock)));
        }

        private CulpritScene clientsKey() {
            Culprit key = new Culprit(throwable);
            Credentials credentials = token(fixture.authority().client(KeyKind.RSA), key);
            return new CulpritScene("a key", key, Role.CLIENT, client().certificateChain(credentials), askingServer());
        }

        private CulpritScene serversKey() {
            Culprit key = new Culprit(throwable);
            ServerContext.Builder server = ServerContext.builder()
                    .provider(fixture.provider())
                    .certificateChain(token(fixture.server(KeyKind.RSA), key));
            return new CulpritScene("a key", key, Role.SERVER, client(), server);
        }

        private CulpritScene serverNameCallback() {
            Culprit callback = new Culprit(throwable);
            ServerContext.Builder server = fixture.serverBuilder().serverNameCallback(hello -> {
                callback.run();
                return new Decision.Proceed();
            });
            return new CulpritScene("a server name callback", callback, Role.SERVER, client(), server);
        }

        private CulpritScene clientsKeyLog() {
            Culprit log = new Culprit(throwable);
            return new CulpritScene(
                    "a key log", log, Role.CLIENT, client().keyLog(line -> log.run()), fixture.serverBuilder());
        }

        private CulpritScene serversKeyLog() {
            Culprit log = new Culprit(throwable);
            return new CulpritScene(
                    "a key log",
                    log,
                    Role.SERVER,
                    client(),
                    fixture.serverBuilder().keyLog(line -> log.run()));
        }

        private ClientContext.Builder client() {
            return fixture.clientBuilder().maximumVersion(version);
        }

        private ServerContext.Builder askingServer() {
            return fixture.serverBuilder()
                    .verifyLocations(fixture.authority().trust())
                    .verifyMode(VerifyMode.REQUIRED);
        }

        private static Credentials token(TestIdentity identity, Culprit asked) {
            RSAKey key = (RSAKey) identity.certificate().getPublicKey();
            return Credentials.of(new AbsentToken(key, asked), List.of(identity.certificate()));
        }
    }
}
