"""Django's SQLite backend, with a fair turn for writers and the settings that promises of the product rest on."""
