package io.omnitls.integration.management;

/** Answers with what it is asked. */
public interface EchoMBean {
    String NAME = "io.omnitls:type=Echo";

    /** The same text. */
    String echo(String text);
}
