"""Pages made of many features: home, the desk, my places, neighbourhood pages."""
