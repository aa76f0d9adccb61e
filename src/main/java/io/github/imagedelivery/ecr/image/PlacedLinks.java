package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.PlacedFile.Link;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Follows the links of a tree as the container will, by their text alone: nothing of this machine is looked at. */
final class PlacedLinks {
    /** As many as Linux follows. */
    private static final int MOST = 40;

    private final Map<String, String> targets = new TreeMap<>();
    private final Set<String> places = new HashSet<>();

    PlacedLinks(String root, List<PlacedFile> files) {
        places.add(root);
        for (PlacedFile file : files) {
            if (file.source() instanceof Link link) {
                targets.put(file.path(), link.target());
            }
            for (String at = file.path(); at.length() > root.length(); at = above(at)) {
                places.add(at);
            }
        }
    }

    /** Returns what is wrong with links that lead elsewhere than to what is copied together with them. */
    List<String> problems() {
        return targets.keySet().stream().flatMap(link -> problem(link).stream()).toList();
    }

    private Optional<String> problem(String link) {
        Deque<String> steps = new ArrayDeque<>();
        String at = follow(link, steps);
        int followed = 1;
        while (!steps.isEmpty()) {
            String step = steps.pop();
            String next = step.equals("..") ? above(at) : step.isEmpty() || step.equals(".") ? at : at + "/" + step;
            boolean isLink = !next.equals(at) && targets.containsKey(next);
            if (isLink && ++followed > MOST) {
                return Optional.of(Texts.shown(link) + " is a link that leads round in a circle");
            }
            at = isLink ? follow(next, steps) : next;
        }
        return places.contains(at)
                ? Optional.empty()
                : Optional.of(Texts.shown(link) + " is a link to \"" + Texts.shown(targets.getOrDefault(link, ""))
                        + "\", which leads out of what is copied");
    }

    /** Puts the steps of a link's target before the others, and returns where they start. */
    private String follow(String link, Deque<String> steps) {
        String target = targets.getOrDefault(link, "");
        List<String> reversed = Arrays.asList(target.split("/"));
        Collections.reverse(reversed);
        reversed.forEach(steps::push);
        return target.startsWith("/") ? "" : above(link);
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
