package io.omnitls.integration.spring;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.IOException;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A {@code RestClient} of Spring with one of the bundles of Spring Boot. */
final class SpringClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws IOException {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("omnitls", new ContextBundle(context));

        ClientHttpRequestFactory requests = ClientHttpRequestFactoryBuilder.jdk()
                .build(HttpClientSettings.ofSslBundle(bundles.getBundle("omnitls"))
                        .withTimeouts(Deadline.DURATION, Deadline.DURATION));
        return Cargo.peer(RestClient.builder()
                .requestFactory(requests)
                .build()
                .post()
                .uri("https://localhost:" + port + "/")
                .body(Cargo.TEXT)
                .retrieve()
                .body(String.class));
    }
}
