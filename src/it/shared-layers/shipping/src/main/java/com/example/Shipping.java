package com.example;

public final class Shipping {
    private Shipping() {}

    public static void main(String[] args) {
        System.out.println("Shipping is up");
    }
}
