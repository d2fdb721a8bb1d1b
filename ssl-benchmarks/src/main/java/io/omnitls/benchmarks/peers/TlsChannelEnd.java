package io.omnitls.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import tlschannel.NeedsReadException;
import tlschannel.TlsChannel;

/** An end of tls-channel. */
record TlsChannelEnd(TlsChannel channel) implements End {
    @Override
    public boolean handshake() throws IOException {
        try {
            channel.handshake();
            return true;
        } catch (NeedsReadException later) {
            return false;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (NeedsReadException nothing) {
            return 0;
        }
    }

    @Override
    public boolean hasPending() {
        return false; // a read takes all records that were received, as far as the target goes
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
