"""What the main page is made of."""
