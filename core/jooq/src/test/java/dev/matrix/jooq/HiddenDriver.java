package dev.matrix.jooq;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A data source like that of a pool that lets nobody through to the driver. */
final class HiddenDriver {

    private HiddenDriver() {}

    static DataSource of(DataSource pool) {
        return proxy(DataSource.class, pool);
    }

    private static <T> T proxy(Class<T> type, T hidden) {
        InvocationHandler handler = (proxy, method, values) -> {
            if (method.getName().equals("isWrapperFor")) {
                return false;
            }
            try {
                Object result = method.invoke(hidden, values);
                return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
