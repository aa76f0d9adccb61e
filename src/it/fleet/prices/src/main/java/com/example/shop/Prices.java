package com.example.shop;

public final class Prices {
    private Prices() {}

    public static void main(String[] arguments) {
        System.out.println("prices");
    }
}
