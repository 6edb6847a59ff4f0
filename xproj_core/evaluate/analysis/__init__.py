"""What was counted over systems and items, and every question asked of it."""
