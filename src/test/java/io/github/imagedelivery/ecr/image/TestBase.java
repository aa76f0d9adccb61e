package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A base image with three layers, one of them unknown to its history, and with all that Jib keeps and drops. */
final class TestBase {
    static final String CONFIG = """
            {"architecture":"arm64","variant":"v8","os":"linux","os.version":"1.2","os.features":["x"],
             "author":"the base's author","created":"2025-01-01T00:00:00Z","docker_version":"28","container":"c0",
             "config":{"Hostname":"h","User":"1001:0","ExposedPorts":{"9090/tcp":{},"53/udp":{}},
               "Env":["PATH=/opt/java/bin:/usr/bin","LANG=C.UTF-8","QUOTED=a \\"b\\" \\\\ \\u00e9 =c"],
               "Entrypoint":["/bin/sh"],"Cmd":["-l"],"Volumes":{"/data":{}},"WorkingDir":"/work",
               "Labels":{"maintainer":"base","org.opencontainers.image.title":"base"},
               "StopSignal":"SIGQUIT","Shell":["/bin/bash","-c"],"OnBuild":null,
               "Healthcheck":{"Test":["CMD","true"],"Interval":30000000000,"StartInterval":5000000000}},
             "history":[{"created":"2025-01-01T00:00:00Z","created_by":"ADD rootfs"},
               {"created":"2025-01-01T00:00:01Z","created_by":"ENV LANG","empty_layer":true},
               {"created":"2025-01-01T00:00:02Z","author":"somebody","created_by":"RUN x","comment":"buildkit"}]}
            """;

    private final Json config;
    private final List<byte[]> tars = List.of(
            new TestTar().file("etc/os-release", "ID=test\n").bytes(),
            new TestTar().file("opt/java/bin/java", "#!\n").bytes(),
            new TestTar().file("etc/late", "late\n").bytes());

    private TestBase(Json config) {
        List<Json> diffIds = new ArrayList<>();
        for (byte[] tar : tars) {
            diffIds.add(Json.of(Digest.of(tar).toString()));
        }
        this.config = config.with(
                "rootfs", Json.object().with("type", Json.of("layers")).with("diff_ids", Json.array(diffIds)));
    }

    static TestBase rich() {
        return of(CONFIG);
    }

    static TestBase of(String config) {
        try {
            return new TestBase(Json.parse(config));
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Json config() {
        return config;
    }

    List<byte[]> tars() {
        return tars;
    }

    List<byte[]> gzipped() {
        return tars.stream().map(TestBase::gzip).toList();
    }

    /** Returns the files of a docker-archive. */
    TestTar dockerArchive(List<byte[]> layers) {
        TestTar tar = new TestTar();
        List<String> names = new ArrayList<>();
        for (byte[] layer : layers) {
            names.add(Digest.of(layer).encoded() + ".layer");
            tar.file(names.get(names.size() - 1), layer);
        }
        Json manifest = Json.object()
                .with("Config", Json.of("config.json"))
                .with("RepoTags", Json.array(List.of()))
                .with("Layers", Json.texts(names));
        return tar.file("config.json", config.bytes())
                .file("manifest.json", Json.array(List.of(manifest)).bytes());
    }

    /** Returns the files of an OCI layout, with one image of these layers. */
    Map<String, byte[]> layout(String layerType, List<byte[]> layers) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Descriptor manifest = addImage(files, layerType, layers);
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        files.put("index.json", index(List.of(manifest.toJson())));
        return files;
    }

    Descriptor addImage(Map<String, byte[]> files, String layerType, List<byte[]> layers) {
        List<Json> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            descriptors.add(add(files, layerType, layer).toJson());
        }
        Json manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with(
                        "config",
                        add(files, MediaTypes.OCI_CONFIG, config.bytes()).toJson())
                .with("layers", Json.array(descriptors));
        return add(files, MediaTypes.OCI_MANIFEST, manifest.bytes());
    }

    static Descriptor add(Map<String, byte[]> files, String type, byte[] content) {
        Descriptor descriptor = Descriptor.of(type, content);
        files.put("blobs/sha256/" + descriptor.digest().encoded(), content);
        return descriptor;
    }

    static byte[] index(List<Json> manifests) {
        return Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(manifests))
                .bytes();
    }

    static Path writeDirectory(Map<String, byte[]> files, Path directory) {
        files.forEach((name, content) -> {
            try {
                Files.createDirectories(directory.resolve(name).getParent());
                Files.write(directory.resolve(name), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return directory;
    }

    static Path writeTar(Map<String, byte[]> files, Path file) {
        TestTar tar = new TestTar();
        files.forEach(tar::file);
        return tar.write(file);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
