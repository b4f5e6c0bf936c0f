"""What has changed: two rounds, two parts of a survey, or one period after the other."""
