"""The spiders: what is asked for, and in which order."""
