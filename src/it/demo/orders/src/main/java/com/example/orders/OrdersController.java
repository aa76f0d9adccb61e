package com.example.orders;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrdersController {
    private final PurchaseOrders orders;

    public OrdersController(PurchaseOrders orders) {
        this.orders = orders;
    }

    @GetMapping("/orders")
    public List<PurchaseOrder> all() {
        return orders.findAll();
    }

    @PostMapping("/orders")
    public PurchaseOrder add(@RequestBody String article) {
        return orders.save(new PurchaseOrder(article));
    }
}
