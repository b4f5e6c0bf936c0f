"""What was found, by place and issue."""
