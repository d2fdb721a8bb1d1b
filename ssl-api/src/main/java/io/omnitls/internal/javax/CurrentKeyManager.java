package io.omnitls.internal.javax;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key manager of now, asked for with each choice. An alias belongs to the manager that chose it, so that a chain and a key
 * that are asked for by it are a pair, whatever came meanwhile: one earlier manager is kept for that, and an alias of an older one
 * names nothing any more.
 */
public final class CurrentKeyManager extends X509ExtendedKeyManager {
    private final Supplier<X509ExtendedKeyManager> current;
    private final AtomicReference<Managers> managers;

    /** The newest, counted from 0, and the one before. */
    private record Managers(long number, X509ExtendedKeyManager newest, Optional<X509ExtendedKeyManager> earlier) {
        Managers with(X509ExtendedKeyManager now) {
            return now == newest ? this : new Managers(number + 1, now, Optional.of(newest));
        }

        @Nullable
        String alias(@Nullable String own) {
            return own == null ? null : number + ":" + own;
        }

        String @Nullable [] aliases(String @Nullable [] own) {
            return own == null
                    ? null
                    : Arrays.stream(own).map(alias -> number + ":" + alias).toArray(String[]::new);
        }

        Optional<X509ExtendedKeyManager> of(@Nullable String alias) {
            if (alias == null) {
                return Optional.empty();
            }
            if (alias.startsWith(number + ":")) {
                return Optional.of(newest);
            }
            return alias.startsWith(number - 1 + ":") ? earlier : Optional.empty();
        }
    }

    /** @param current of each moment, the same object until there is another one */
    public CurrentKeyManager(Supplier<X509ExtendedKeyManager> current) {
        this.current = current;
        this.managers = new AtomicReference<>(new Managers(0, current.get(), Optional.empty()));
    }

    private Managers now() {
        return Objects.requireNonNull(managers.updateAndGet(known -> known.with(current.get())));
    }

    /** A key or a chain is asked for by an alias that was given out: only that one's manager knows it. */
    private static String own(String alias) {
        return alias.substring(alias.indexOf(':') + 1);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Managers now = now();
        return now.alias(now.newest().chooseEngineClientAlias(keyTypes, issuers, engine));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Managers now = now();
        return now.alias(now.newest().chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Managers now = now();
        return now.alias(now.newest().chooseClientAlias(keyTypes, issuers, socket));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Managers now = now();
        return now.alias(now.newest().chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        Managers now = now();
        return now.aliases(now.newest().getClientAliases(keyType, issuers));
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        Managers now = now();
        return now.aliases(now.newest().getServerAliases(keyType, issuers));
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        X509ExtendedKeyManager chosen = now().of(alias).orElse(null);
        return chosen == null ? null : chosen.getCertificateChain(own(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        X509ExtendedKeyManager chosen = now().of(alias).orElse(null);
        return chosen == null ? null : chosen.getPrivateKey(own(alias));
    }
}
