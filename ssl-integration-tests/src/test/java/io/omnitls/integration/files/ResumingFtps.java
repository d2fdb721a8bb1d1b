package io.omnitls.integration.files;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.net.Socket;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * commons-net's client with data connections that resume the control connection's session, by which servers like vsftpd know that
 * both have the same client.
 */
final class ResumingFtps extends FTPSClient {
    private final ClientContext context;

    private ResumingFtps(ClientContext context) {
        super(true, context.sslContext());
        this.context = context;
    }

    /** In TLS 1.2, whose sessions all backends resume. */
    static ResumingFtps of(ClientContext context) throws TlsException {
        return new ResumingFtps(
                context.toBuilder().maximumVersion(TlsVersion.TLS_1_2).build());
    }

    /** Data connections are made without TLS first. */
    @Override
    public void execPROT(String level) throws IOException {
        super.execPROT(level);
        setSocketFactory(null);
    }

    @Override
    protected Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        if (plain == null) {
            return null; // the server would not, and the client knows its answer
        }
        TlsSocket control = (TlsSocket) _socket_;
        TlsSocket data = context.wrap(
                plain,
                ConnectionOptions.serverName("localhost")
                        .resuming(control.session().orElseThrow()));
        data.handshake();
        if (!data.info().sessionReused()) {
            throw new IOException("the data connection has a session of its own");
        }
        return data;
    }
}
