package com.example;

public final class Billing {
    private Billing() {}

    public static void main(String[] args) {
        System.out.println("Billing is up");
    }
}
