package com.example.shop;

public final class Money {
    private Money() {}

    /** Returns an amount as it is printed on an invoice. */
    public static String shown(long cents) {
        return cents / 100 + "." + cents % 100 / 10 + cents % 10;
    }
}
