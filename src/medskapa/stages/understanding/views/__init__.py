"""Pages of insights and of what they rest on."""
