package io.omnitls.integration.messaging;

import io.omnitls.ServerContext;
import io.omnitls.integration.Running;
import io.omnitls.integration.ServerUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** A broker in this process. It takes seconds to start, so there is one, with a listener for each context of a server. */
final class KafkaBroker implements ServerUse {
    private final List<String> names;
    private final BrokerServer broker;
    private final ControllerServer controller;
    private final Iterator<String> unused;

    KafkaBroker(int listeners) throws Exception {
        names = IntStream.range(0, listeners).mapToObj(i -> "TLS" + i).toList();
        ServerSocketChannel control =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        control.configureBlocking(false); // as whoever opens it for Kafka has to
        KafkaConfig config = new KafkaConfig(settings(control.socket().getLocalPort()));
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaBroker.class), "");
        SharedServer shared = new SharedServer(
                config,
                formatted._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, formatted._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new StandardFaultHandlerFactory(),
                (name, address, backlog, bytes) -> name.equals("CONTROLLER")
                        ? control
                        : ServerSocketFactory.INSTANCE.openServerSocket(name, address, backlog, bytes));
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
        broker = new BrokerServer(shared);
        controller.startup();
        broker.startup();
        unused = names.iterator();
    }

    private Map<String, Object> settings(int controlPort) throws Exception {
        Path directory = Files.createTempDirectory("kafka");
        new Formatter()
                .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setMetadataLogDirectory(directory.toString())
                .setDirectories(List.of(directory.toString()))
                .run();

        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", directory.toString());
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@localhost:" + controlPort);
        settings.put("inter.broker.listener.name", "PLAIN");
        List<String> all = new ArrayList<>(names);
        all.add("PLAIN");
        settings.put(
                "listeners",
                all.stream().map(name -> name + "://localhost:0").collect(Collectors.joining(","))
                        + ",CONTROLLER://localhost:" + controlPort);
        settings.put(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAIN:PLAINTEXT,"
                        + names.stream().map(name -> name + ":SSL").collect(Collectors.joining(",")));
        for (String name : names) {
            String prefix = new ListenerName(name).configPrefix();
            settings.put(prefix + SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ServerEngines.class.getName());
            settings.put(prefix + SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, name);
        }
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("log.cleaner.enable", "false");
        return settings;
    }

    @Override
    public synchronized Running start(ServerContext context) {
        String name = unused.next();
        ServerEngines.context(name).complete(context);
        return new Running(broker.boundPort(new ListenerName(name)), () -> {}); // the broker is stopped for all
    }

    void stop() {
        broker.shutdown();
        controller.shutdown();
    }
}
