package com.example.shop;

public final class Returns {
    private Returns() {}

    public static void main(String[] arguments) {
        System.out.println("returns");
    }
}
