"""What every part of the Discord side is built from; it knows none of them."""
