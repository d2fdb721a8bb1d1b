package io.omnitls.cli;

import io.omnitls.TlsProviders;
import io.omnitls.spi.TlsProvider;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the backends, because they are what users ask about. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        List<String> lines = new ArrayList<>();
        lines.add("OmniTLS 0.1.0-SNAPSHOT on Java " + Runtime.version());
        for (TlsProvider provider : TlsProviders.available()) {
            lines.add("  " + provider.name() + ": " + provider.info().library() + " "
                    + provider.info().version());
        }
        return lines.toArray(new String[0]);
    }
}
