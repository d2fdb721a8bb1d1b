package io.omnitls.testkit.net;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.testkit.net.BioPair.Segmentation;
import java.io.IOException;

/** What carries the records of a connection; each of them has to make no difference. */
public enum Transport {
    /** Memory BIOs. */
    MEMORY {
        @Override
        public Link connect(
                ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
                throws IOException {
            return PolledLink.overMemory(client, server, options, segmentation);
        }
    },

    /** Blocking sockets over loopback. */
    SOCKET {
        @Override
        public Link connect(
                ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
                throws IOException {
            return new SocketLink(client, server, options, segmentation);
        }
    },

    /** Non-blocking channels. */
    CHANNEL {
        @Override
        public Link connect(
                ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
                throws IOException {
            return PolledLink.overChannels(client, server, options, segmentation);
        }
    };

    /**
     * Connects two contexts; nothing is said yet.
     *
     * @param options those of the client
     * @param segmentation the pieces that each end receives
     */
    public abstract Link connect(
            ClientContext client, ServerContext server, ConnectionOptions options, Segmentation segmentation)
            throws IOException;
}
