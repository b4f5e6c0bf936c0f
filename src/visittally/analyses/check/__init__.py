"""What should be looked at again, and why it may be innocent."""
