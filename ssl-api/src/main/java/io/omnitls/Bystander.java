package io.omnitls;

/** Code of the application that is told something and has no say in it. */
final class Bystander {
    private Bystander() {}

    /** Tells it. What it throws is nobody's here: it goes where the fault of a thread of its own would go. */
    static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error fault) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        }
    }
}
