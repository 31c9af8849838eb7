package dev.matrix.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An order, stored by JPA. */
@Entity
@Table(name = "shop_order")
public class Order {

    @Id
    private String id;

    private String customer;

    protected Order() {}

    public Order(String id, String customer) {
        this.id = id;
        this.customer = customer;
    }

    public String getId() {
        return id;
    }

    public String getCustomer() {
        return customer;
    }
}
