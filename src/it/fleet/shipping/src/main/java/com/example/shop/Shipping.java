package com.example.shop;

public final class Shipping {
    private Shipping() {}

    public static void main(String[] arguments) {
        System.out.println("shipping");
    }
}
