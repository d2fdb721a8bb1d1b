package io.omnitls.integration.mail;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no process alive. */
enum Daemons implements ThreadFactory {
    INSTANCE;

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "mail");
        thread.setDaemon(true);
        return thread;
    }
}
