"""Times beside a floor (`make bench NAME=…`) and the long promises at full size (`make drill`). Not part of the package."""
