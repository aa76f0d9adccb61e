package io.github.imagedelivery.ecr.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A base image with Tomcat, laid out as that of Docker's official images. */
final class TomcatBase {
    private static final String HOME = "/usr/local/tomcat";

    private TomcatBase() {}

    /**
     * Puts Tomcat on a base with Java. It listens where the variable {@code SERVER_PORT} says.
     *
     * @param distribution the unpacked distribution, without web applications
     * @param root a directory that is not there yet, for the files of the layer
     */
    static JdkBase make(JdkBase java, Path distribution, Path root) throws Exception {
        Path home = root.resolve(HOME.substring(1));
        Files.createDirectories(home.getParent());
        Processes.run(Map.of(), "cp", "-R", distribution.toString(), home.toString());
        for (String name : List.of("webapps", "logs", "temp", "work")) {
            Files.createDirectories(home.resolve(name));
        }
        Processes.run(Map.of(), "chmod", "-R", "a+rX", root.toString());
        for (String name : List.of("logs", "temp", "work")) {
            Processes.run(Map.of(), "chmod", "1777", home.resolve(name).toString());
        }
        Path server = home.resolve("conf/server.xml");
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("port=\"8080\"", "port=\"${SERVER_PORT}\" address=\"127.0.0.1\"")
                        .replace("port=\"8005\"", "port=\"-1\""));
        return java.with(
                root,
                "java",
                "-Dcatalina.home=" + HOME,
                "-Djava.io.tmpdir=" + HOME + "/temp",
                "-Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE="
                        + "org.apache.tomcat.util.digester.EnvironmentPropertySource",
                "-cp",
                HOME + "/bin/bootstrap.jar:" + HOME + "/bin/tomcat-juli.jar",
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }
}
