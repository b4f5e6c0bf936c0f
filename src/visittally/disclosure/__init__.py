"""Tables become tables that may leave the house."""
