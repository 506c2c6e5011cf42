"""Finance: financing models side by side on a budget, own models by their link, what might be in the till."""
