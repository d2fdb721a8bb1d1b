package io.omnitls.integration.files;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/**
 * Apache FtpServer with TLS on both of its connections, from the first byte on: it loses what comes with the end of a handshake,
 * with the JDK's engine too, and here it is the server that speaks first.
 */
final class FtpsServer implements ServerUse {
    static final String USER = "reader";
    static final String PASSWORD = "secret";
    static final String FILE = "file.txt";

    @Override
    public Running start(ServerContext context) throws Exception {
        Path home = Files.createTempDirectory("ftp");
        Files.writeString(home.resolve(FILE), Cargo.TEXT);
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        UserManager users = new PropertiesUserManagerFactory().createUserManager();
        users.save(user);

        SslConfiguration tls = new OfContext(context);
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setSslConfiguration(tls);
        data.setPassivePorts("0");
        ListenerFactory listeners = new ListenerFactory();
        listeners.setServerAddress("127.0.0.1");
        listeners.setPort(0);
        listeners.setSslConfiguration(tls);
        listeners.setImplicitSsl(true);
        listeners.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        Listener listener = listeners.createListener();
        FtpServerFactory servers = new FtpServerFactory();
        servers.addListener("default", listener);
        servers.setUserManager(users);
        FtpServer server = servers.createServer();
        server.start();
        return new Running(listener.getPort(), server::stop);
    }

    private record OfContext(ServerContext context) implements SslConfiguration {
        @Override
        public SSLSocketFactory getSocketFactory() {
            return context.sslContext().getSocketFactory();
        }

        @Override
        public SSLContext getSSLContext() {
            return context.sslContext();
        }

        @Override
        public SSLContext getSSLContext(String protocol) {
            return getSSLContext();
        }

        /** Null: those that the context has. */
        @Override
        public String[] getEnabledCipherSuites() {
            return null;
        }

        @Override
        public String getEnabledProtocol() {
            return context.maximumVersion().protocolName();
        }

        @Override
        public String[] getEnabledProtocols() {
            return List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3).stream()
                    .map(TlsVersion::protocolName)
                    .toArray(String[]::new);
        }

        @Override
        public ClientAuth getClientAuth() {
            return context.verifyMode() == VerifyMode.REQUIRED ? ClientAuth.NEED : ClientAuth.NONE;
        }
    }
}
