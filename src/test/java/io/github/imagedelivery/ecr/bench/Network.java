package io.github.imagedelivery.ecr.bench;

import java.util.Locale;

/** What lies between a client and its registries. */
enum Network {
    /** The loopback interface as it is. */
    LOOPBACK(0, 0),
    /** A region on the same continent, by a line of 200 Mbit/s. */
    WAN(20, 200_000_000);

    private final int roundTripMillis;
    private final long bitsPerSecond;

    Network(int roundTripMillis, long bitsPerSecond) {
        this.roundTripMillis = roundTripMillis;
        this.bitsPerSecond = bitsPerSecond;
    }

    int roundTripMillis() {
        return roundTripMillis;
    }

    /** Returns what all connections together carry in each direction; 0 where there is no limit. */
    long bitsPerSecond() {
        return bitsPerSecond;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
