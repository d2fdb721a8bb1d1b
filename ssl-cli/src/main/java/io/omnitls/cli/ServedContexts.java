package io.omnitls.cli;

import io.omnitls.ReloadOptions;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option by which a server reads its files again when they change, and what then listens. */
final class ServedContexts implements Closeable {
    @Option(
            names = "--reload",
            description = {
                "Read the certificate, the key and --client-ca again when their files change. What is wrong with them is",
                "said, and leaves the former ones in force."
            })
    private boolean reload;

    private Optional<ReloadableServerContext> reloading = Optional.empty();

    boolean reload() {
        return reload;
    }

    /** Listens with the context of {@code settings}, or with that of the moment where files are read again. */
    TlsServerSocket listen(ServerContext.Builder settings, ReloadOptions options, int port) throws IOException {
        try {
            if (!reload) {
                return settings.build().listen(port);
            }
            ReloadableServerContext contexts = ReloadableServerContext.of(settings, options);
            reloading = Optional.of(contexts);
            return contexts.listen(port);
        } catch (BindException e) {
            throw (BindException)
                    new BindException("cannot listen on port " + port + ": " + e.getMessage()).initCause(e);
        }
    }

    /** Watches no more. */
    @Override
    public void close() {
        reloading.ifPresent(ReloadableServerContext::close);
    }
}
