package com.example;

/** Not an application. */
public record Model(String name) {}
