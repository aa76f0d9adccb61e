package com.example.shop;

public final class Orders {
    private Orders() {}

    public static void main(String[] arguments) {
        System.out.println("orders of " + Money.shown(1995));
    }
}
