package io.github.imagedelivery.ecr.delivery;

/**
 * Is told of work that may take long while it goes on, so that whoever waits for it can be shown that it does. What is
 * told here is for the eye alone: nothing depends on it. Called from several threads.
 */
public interface Progress {
    /** Looks away. */
    Progress UNSEEN = name -> Work.UNSEEN;

    /**
     * Takes note that work begins.
     *
     * @param name what is worked on: the module whose image it is
     */
    Work begin(String name);

    /** What is worked on, in one phase after the other. */
    interface Work extends AutoCloseable {
        /** Is looked at by nobody. */
        Work UNSEEN = new Work() {
            @Override
            public void phase(String name) {}

            @Override
            public void expect(long bytes) {}

            @Override
            public void moved(long bytes) {}

            @Override
            public void close() {}
        };

        /**
         * A phase begins; its bytes are counted from zero.
         *
         * @param name as reports name it, for example {@code stage}
         */
        void phase(String name);

        /** So many more bytes are to be moved in this phase; below zero, so many less than were expected. */
        void expect(long bytes);

        /** So many more bytes are on their way; below zero, so many must go again. */
        void moved(long bytes);

        /** The work is over, well or not. */
        @Override
        void close();
    }
}
