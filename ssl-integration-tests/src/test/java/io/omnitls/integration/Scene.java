package io.omnitls.integration;

/**
 * A client and a server that speak with each other.
 *
 * @param answer what the client returns when all is well; {@code <client>} stands for whom the server sees
 */
public record Scene(String name, FarEnd server, ClientUse client, String answer) {
    String answer(Case of) {
        return answer.replace("<client>", of.client());
    }
}
