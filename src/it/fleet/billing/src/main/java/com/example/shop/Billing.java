package com.example.shop;

public final class Billing {
    private Billing() {}

    public static void main(String[] arguments) {
        System.out.println("billing of " + Money.shown(1995));
    }
}
