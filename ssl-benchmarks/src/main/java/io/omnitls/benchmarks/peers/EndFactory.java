package io.omnitls.benchmarks.peers;

import io.omnitls.ConnectionOptions;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import tlschannel.ClientTlsChannel;
import tlschannel.ServerTlsChannel;

/** Who makes ends over channels. */
public interface EndFactory {
    String name();

    End client(ByteChannel transport) throws IOException;

    End server(ByteChannel transport) throws IOException;

    /** The bare engine; all ends share {@code scratch}, and work on one thread. */
    static EndFactory bare(BareContexts contexts, Scratch scratch) {
        return new EndFactory() {
            @Override
            public String name() {
                return Names.BARE;
            }

            @Override
            public End client(ByteChannel transport) throws IOException {
                return new BareChannel(contexts.backend(), transport, contexts.clientEngine(), scratch);
            }

            @Override
            public End server(ByteChannel transport) throws IOException {
                return new BareChannel(contexts.backend(), transport, contexts.serverEngine(), scratch);
            }
        };
    }

    static EndFactory ours(OurContexts contexts) {
        return new EndFactory() {
            @Override
            public String name() {
                return Names.OURS;
            }

            @Override
            public End client(ByteChannel transport) {
                return new OurEnd(contexts.client().wrap(transport, ConnectionOptions.serverName(Identity.HOST)));
            }

            @Override
            public End server(ByteChannel transport) {
                return new OurEnd(contexts.server().wrap(transport));
            }
        };
    }

    static EndFactory tlsChannel(BareContexts contexts) {
        return new EndFactory() {
            @Override
            public String name() {
                return Names.TLS_CHANNEL;
            }

            @Override
            public End client(ByteChannel transport) {
                return new TlsChannelEnd(ClientTlsChannel.newBuilder(transport, contexts.clientEngine())
                        .build());
            }

            @Override
            public End server(ByteChannel transport) {
                return new TlsChannelEnd(ServerTlsChannel.newBuilder(transport, contexts.server())
                        .withEngineFactory(context -> contexts.serverEngine())
                        .build());
            }
        };
    }
}
