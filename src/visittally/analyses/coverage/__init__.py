"""Who was visited of those who were to be visited."""
