"""What single words, numbers and dates mean, with their lists. Knows no other room."""
