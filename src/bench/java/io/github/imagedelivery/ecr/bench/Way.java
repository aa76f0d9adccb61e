package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The registries, and the network by which processes of Maven reach them: that of {@link Relay#ADDRESS}. */
final class Way implements AutoCloseable {
    private final Network network;
    private final RegistryHandle registry;
    private final List<Relay> relays;

    private Way(Network network, RegistryHandle registry, List<Relay> relays) {
        this.network = network;
        this.registry = registry;
        this.relays = relays;
    }

    /**
     * The most connections that were open at once.
     *
     * @param ecr to ECR's API and registry, which have one address here
     * @param store to ECR's blob store
     * @param base to the other registry
     */
    record Most(long ecr, long store, long base) {
        Json json() {
            return Json.object()
                    .with("ecr", Json.of(ecr))
                    .with("store", Json.of(store))
                    .with("base", Json.of(base));
        }
    }

    /** Opens the network; all that goes to any of the registries shares it. */
    static Way open(Network network, RegistryHandle registry) throws IOException {
        Line up = new Line(network);
        Line down = new Line(network);
        List<Relay> relays = new ArrayList<>();
        Way way = new Way(network, registry, relays);
        try {
            for (String port : registry.variable(RegistryProcess.PORTS).split(" ", -1)) {
                relays.add(Relay.open(up, down, Integer.parseInt(port)));
            }
            return way;
        } catch (IOException e) {
            way.close();
            throw e;
        }
    }

    Network network() {
        return network;
    }

    RegistryHandle registry() {
        return registry;
    }

    /** Returns the most connections since the last time. */
    Most takeMost() {
        return new Most(
                relays.get(0).takeMost(), relays.get(1).takeMost(), relays.get(2).takeMost());
    }

    @Override
    public void close() throws IOException {
        for (Relay relay : relays) {
            relay.close();
        }
    }
}
