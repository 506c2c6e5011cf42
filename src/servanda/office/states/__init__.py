"""States: their names over time, instruments, groups, coordinators, and where sources disagree."""
