package io.omnitls.integration.management;

/** What is managed. */
final class Echo implements EchoMBean {
    @Override
    public String echo(String text) {
        return text;
    }
}
