package io.omnitls.benchmarks.peers;

import io.omnitls.TlsChannel;
import io.omnitls.error.TlsWantReadException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An end of OmniTLS. */
record OurEnd(TlsChannel channel) implements End {
    @Override
    public boolean handshake() throws IOException {
        try {
            channel.handshake();
            return true;
        } catch (TlsWantReadException later) {
            return false;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (TlsWantReadException nothing) {
            return 0;
        }
    }

    @Override
    public boolean hasPending() {
        return channel.hasPending();
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    @Override
    public void writeAndFlush(ByteBuffer source) throws IOException {
        write(source);
        if (!channel.flush()) {
            throw new IOException("the socket takes no more");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
