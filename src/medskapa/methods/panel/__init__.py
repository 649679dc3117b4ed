"""A panel by lot: people are drawn so that quotas hold, and everybody's chance is as even as the quotas allow."""
