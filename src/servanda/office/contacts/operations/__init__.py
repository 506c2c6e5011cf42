"""What changes people, posts and lists."""
