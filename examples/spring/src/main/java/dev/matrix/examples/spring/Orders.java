package dev.matrix.examples.spring;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places orders: the order and the event of its payment commit together, and the customer's webhook follows. */
@Service
public class Orders {

    private final OrderRepository orders;
    private final Matrix matrix;

    Orders(OrderRepository orders, Matrix matrix) {
        this.orders = orders;
        this.matrix = matrix;
    }

    @Transactional
    public void place(String id, String customer, Money price) {
        orders.save(new Order(id, customer));
        matrix.events()
                .publish(BillingEvent.of(PaymentSucceeded.builder(
                                        "pay_" + id, Owner.user(customer), price, PaymentMethod.CARD, Instant.now())
                                .build())
                        .withKey("pay_" + id));
    }
}
