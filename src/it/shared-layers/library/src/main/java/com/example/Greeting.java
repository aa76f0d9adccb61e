package com.example;

public record Greeting(String text) {}
