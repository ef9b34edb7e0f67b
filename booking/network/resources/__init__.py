"""Resources: files and links that colleagues share, in versions, with notes by those who tried."""
