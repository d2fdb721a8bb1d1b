package io.omnitls.integration;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no process alive. */
public enum Daemons implements ThreadFactory {
    INSTANCE;

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "consumer");
        thread.setDaemon(true);
        return thread;
    }
}
