package io.omnitls.integration.servers;

import io.omnitls.ServerContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.Peers;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import io.omnitls.protocol.VerifyMode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLParameters;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Tomcat 11, embedded, with HTTP/2 and HTTP/1.1.
 *
 * @param endpoint the class of what its sockets are read with
 */
record TomcatServer(String endpoint) implements ServerUse {
    static final String NIO = "org.apache.coyote.http11.Http11NioProtocol";
    static final String NIO_2 = "org.apache.coyote.http11.Http11Nio2Protocol";

    @Override
    public Running start(ServerContext context) throws Exception {
        Path directory = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        Connector connector = connector(context);
        tomcat.setConnector(connector);
        Context application = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(application, "answer", new Answer()).addMapping("/*");
        tomcat.start();
        return new Running(connector.getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    private Connector connector(ServerContext context) {
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(new TomcatContext(context.sslContext()));
        host.addCertificate(certificate);
        // Tomcat sets these on each engine, and by itself takes all that the JDK has.
        host.setCertificateVerification(context.verifyMode() == VerifyMode.REQUIRED ? "required" : "none");
        SSLParameters parameters = context.sslParameters();
        host.setHonorCipherOrder(parameters.getUseCipherSuitesOrder());
        host.setProtocols(String.join("+", parameters.getProtocols()));
        host.setCiphers(String.join(",", parameters.getCipherSuites()));
        host.setCipherSuites(String.join(":", parameters.getCipherSuites()));

        Connector connector = new Connector(endpoint);
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", "4");
        connector.setProperty("minSpareThreads", "1");
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.addSslHostConfig(host);
        connector.addUpgradeProtocol(new Http2Protocol());
        return connector;
    }

    private static final class Answer extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String peer =
                    Peers.name((X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate"));
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            response.getWriter().write(Cargo.answer(peer, body));
        }
    }
}
