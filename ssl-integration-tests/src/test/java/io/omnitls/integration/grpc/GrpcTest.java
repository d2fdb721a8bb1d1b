package io.omnitls.integration.grpc;

import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import java.util.List;

/** gRPC's client with its server. */
class GrpcTest extends ConsumerTest {
    @Override
    protected List<Scene> scenes() {
        return List.of(new Scene("gRPC over Netty", new GrpcServer(), new GrpcClient(), "<client>"));
    }
}
