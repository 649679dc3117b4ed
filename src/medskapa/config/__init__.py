"""Settings, addresses and the two ways into the product: WSGI for pages, ASGI for everything."""
