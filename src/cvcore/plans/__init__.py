"""Plans, their allowances, subscriptions, periods and use counters."""
