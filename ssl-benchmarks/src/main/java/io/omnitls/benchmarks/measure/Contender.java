package io.omnitls.benchmarks.measure;

/** Somebody who does the work of a scene; what it needs is ready when it is made. */
public interface Contender extends AutoCloseable {

    /** Who this is, as tables call it. */
    String name();

    /** Does the work so many times. */
    void run(int times) throws Exception;

    @Override
    default void close() throws Exception {}

    /** What a contender does, once. */
    @FunctionalInterface
    interface Work {
        void once() throws Exception;
    }

    /** A contender that repeats {@code work} and has nothing to close. */
    static Contender of(String name, Work work) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(int times) throws Exception {
                for (int i = 0; i < times; i++) {
                    work.once();
                }
            }
        };
    }
}
