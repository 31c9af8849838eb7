package dev.matrix.analytics;

import dev.matrix.analytics.forecast.PurchaseModel;

/**
 * What customers without a subscription are expected to buy.
 *
 * @param model fitted to their payments of the window; its unit of time is a day
 * @param customers how many they are
 * @param alive how many of them are expected to come again at all
 * @param purchases how many purchases are expected within 90 days
 */
public record PurchaseOutlook(PurchaseModel model, long customers, double alive, double purchases) {}
