"""Pages of the room, by whom they are for: tellers, those who moderate, members of the lab."""
