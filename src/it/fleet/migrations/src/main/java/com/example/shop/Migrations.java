package com.example.shop;

public final class Migrations {
    private Migrations() {}

    public static void main(String[] arguments) {
        System.out.println("migrated");
    }
}
