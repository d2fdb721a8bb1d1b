package io.omnitls.internal.given;

/** Code of the application that is told something and has no say in it. */
public final class Bystander {
    private Bystander() {}

    /** Tells it. What it throws is nobody's here: it goes where the fault of a thread of its own would go. */
    public static void tell(Runnable call) {
        try {
            call.run();
        } catch (Throwable fault) {
            report(fault);
        }
    }

    private static void report(Throwable fault) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        } catch (Throwable ofTheHandler) {
            // The virtual machine passes over it, too.
        }
    }
}
