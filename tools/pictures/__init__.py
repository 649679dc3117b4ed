"""The pictures of docs/methods, each drawn by the method that it explains: `make pictures`."""
