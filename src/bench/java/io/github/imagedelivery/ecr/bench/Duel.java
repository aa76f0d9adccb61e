package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Both tools in one situation, measured in turn. */
record Duel(Network network, Shape shape, Situation situation, Map<Tool, List<MavenRun>> runs) {

    static Duel fight(Way way, Situation situation, List<Lane> lanes, int rounds)
            throws IOException, InterruptedException, FormatException {
        Map<Tool, List<MavenRun>> runs = new EnumMap<>(Tool.class);
        for (Lane lane : lanes) {
            lane.prepare(situation, way);
            runs.put(lane.tool(), new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < lanes.size(); i++) {
                // Who begins changes from round to round.
                Lane lane = lanes.get((i + round) % lanes.size());
                runs.get(lane.tool()).add(lane.measure(situation, way));
            }
        }
        return new Duel(way.network(), lanes.get(0).shape(), situation, runs);
    }

    /** Returns network and sample. */
    String place() {
        return network + ", " + shape;
    }

    Spread spread(Tool tool, ToLongFunction<MavenRun> value) {
        return Spread.of(runs.get(tool), value);
    }

    /** Returns what our median is of the other one; not a number where both are nothing. */
    double ratio(ToLongFunction<MavenRun> value) {
        return (double) spread(Tool.OURS, value).median()
                / spread(Tool.JIB, value).median();
    }

    Json json() {
        Json json = Json.object().with("place", Json.of(place())).with("situation", Json.of(situation.title()));
        for (Tool tool : Tool.values()) {
            json = json.with(
                    tool.toString(),
                    Json.array(runs.get(tool).stream().map(MavenRun::json).toList()));
        }
        return json;
    }
}
