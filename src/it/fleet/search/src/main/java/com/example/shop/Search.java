package com.example.shop;

public final class Search {
    private Search() {}

    public static void main(String[] arguments) {
        System.out.println("search");
    }
}
