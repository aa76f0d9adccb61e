package com.example;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
public class Parcels {
    void route(@Observes Router router) {
        router.get("/parcels").handler(context -> context.response().end("one parcel"));
    }
}
