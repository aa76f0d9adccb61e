package com.example.orders;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
public class PurchaseOrder {
    @Id
    @GeneratedValue
    private Long id;

    private String article;

    protected PurchaseOrder() {}

    public PurchaseOrder(String article) {
        this.article = article;
    }

    public Long getId() {
        return id;
    }

    public String getArticle() {
        return article;
    }
}
