"""What is known beforehand: actors, techniques, software, names, places. Offline and stamped."""
