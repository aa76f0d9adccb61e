package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an image of a kind has no use for, though a parameter asks for it. */
final class KindRules {
    private static final Set<Kind> WITHOUT_JVM = Set.of(Kind.WAR, Kind.NATIVE);
    private static final Set<Kind> WITH_CLASS_PATH = Set.of(Kind.JAVA, Kind.LAYERED);

    private final ImageParameters goal;
    private final Kind kind;

    /** How the module's own part of a Java application is packed. */
    private enum Mode {
        EXPLODED,
        PACKAGED
    }

    KindRules(ImageParameters goal, Kind kind) {
        this.goal = goal;
        this.kind = kind;
    }

    /** Tells whether a Java application has the module's jar in place of its classes; refuses a mode that is none. */
    static boolean isPackaged(ImageParameters goal) throws DeliveryException {
        return Choice.of("ecr.containerizingMode", goal.containerizingMode, Mode.EXPLODED) == Mode.PACKAGED;
    }

    /** Returns what is wrong by property before the module is built; nothing where its kind cannot be told. */
    static Map<String, DeliveryException> foreseen(ImageParameters goal) {
        return new Problems()
                .collect(() -> Kind.foreseen(goal))
                .map(kind -> new KindRules(goal, kind).problems())
                .orElse(Map.of());
    }

    /** Returns what is wrong by property. A parameter that cannot be read is no matter of these rules. */
    Map<String, DeliveryException> problems() {
        Problems unreadable = new Problems();
        Map<String, DeliveryException> problems = new TreeMap<>();
        if (kind != Kind.JAVA && unreadable.collect(() -> isPackaged(goal)).orElse(false)) {
            problems.put(
                    "ecr.containerizingMode",
                    unused("ecr.containerizingMode", "leave it out, or set ecr.kind to java"));
        }
        if (WITHOUT_JVM.contains(kind) && !Parameters.list(goal.jvmFlags).isEmpty()) {
            String instead = kind == Kind.WAR ? "put the flags into the variable JAVA_TOOL_OPTIONS" : "leave it out";
            problems.put("ecr.jvmFlags", unused("ecr.jvmFlags", instead));
        }
        if (!WITH_CLASS_PATH.contains(kind)
                && !Parameters.list(goal.extraClasspath).isEmpty()) {
            problems.put("ecr.extraClasspath", unused("ecr.extraClasspath", "leave it out"));
        }
        List<Platform> platforms =
                unreadable.collect(() -> new Parameters(goal).platforms()).orElse(List.of());
        if (kind == Kind.NATIVE && platforms.size() > 1) {
            problems.put("ecr.platforms", tooMany(platforms));
        }
        return problems;
    }

    private DeliveryException unused(String property, String remedy) {
        return DeliveryException.ofUser(
                property + " has no use in an image of this kind; nothing was built or sent",
                "ecr.kind is " + kind.name().toLowerCase(Locale.ROOT) + ", as set or found",
                remedy);
    }

    private static DeliveryException tooMany(List<Platform> platforms) {
        return DeliveryException.ofUser(
                "An executable runs on one platform; nothing was built or sent",
                "ecr.kind is native, as set or found, and ecr.platforms is "
                        + platforms.stream().map(Platform::toString).collect(Collectors.joining(",")),
                "set ecr.platforms to the one that it is compiled for");
    }
}
