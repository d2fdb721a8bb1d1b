package io.omnitls.cli;

import io.omnitls.TlsProviders;
import io.omnitls.spi.Availability;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the backends, because they are what users ask about. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        List<String> lines = new ArrayList<>();
        lines.add("OmniTLS 0.1.0-SNAPSHOT on Java " + Runtime.version());
        // Each takes its time to say whether it works.
        TlsProviders.all().parallelStream()
                .filter(provider -> provider.availability() instanceof Availability.Available)
                .map(provider -> "  " + provider.name() + ": " + provider.info().library() + " "
                        + provider.info().version())
                .forEachOrdered(lines::add);
        return lines.toArray(new String[0]);
    }
}
