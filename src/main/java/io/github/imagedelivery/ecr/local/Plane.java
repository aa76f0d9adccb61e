package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;

/** The service that a request is for, which decides how a refusal is written. */
enum Plane {
    /** The ECR API: AWS JSON 1.1. */
    CONTROL {
        @Override
        Reply refuse(int status, String code, String message) {
            Json body = Json.object().with("__type", Json.of(code)).with("message", Json.of(message));
            return Reply.json(status, JSON_1_1, body);
        }
    },
    /** The STS API: AWS query protocol, answers in XML. */
    STS {
        @Override
        Reply refuse(int status, String code, String message) {
            return Xml.reply(status, Xml.error(code, message));
        }
    },
    /** The distribution API. */
    DATA {
        @Override
        Reply refuse(int status, String code, String message) {
            Json error = Json.object().with("code", Json.of(code)).with("message", Json.of(message));
            return Reply.json(
                            status,
                            "application/json; charset=utf-8",
                            Json.object().with("errors", Json.array(List.of(error))))
                    .with("Docker-Distribution-Api-Version", "registry/2.0");
        }
    },
    /** Where blobs are fetched from after a redirect: XML as an object store writes it. */
    STORE {
        @Override
        Reply refuse(int status, String code, String message) {
            return Xml.reply(
                    status,
                    "<Error><Code>" + Xml.escaped(code) + "</Code><Message>" + Xml.escaped(message)
                            + "</Message></Error>");
        }
    },
    /** The identity token endpoint and the page. */
    WEB {
        @Override
        Reply refuse(int status, String code, String message) {
            return Reply.text(status, "text/plain; charset=utf-8", code + ": " + message + "\n");
        }
    };

    static final String JSON_1_1 = "application/x-amz-json-1.1";

    /** Returns the answer that refuses a request in the manner of this service. */
    abstract Reply refuse(int status, String code, String message);

    Reply refuse(Refusal refusal) {
        return refuse(refusal.status(), refusal.code(), refusal.text());
    }
}
