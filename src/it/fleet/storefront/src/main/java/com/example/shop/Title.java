package com.example.shop;

public final class Title {
    private Title() {}

    public static String of() {
        return "Storefront";
    }
}
