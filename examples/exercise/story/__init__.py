"""The story that the exercise tells: a fictional ministry, its office days, and its intruders."""
